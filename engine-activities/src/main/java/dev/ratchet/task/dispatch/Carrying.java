package dev.ratchet.task.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Intake;
import dev.ratchet.run.Answer;
import dev.ratchet.run.Attempt;
import dev.ratchet.run.Decision;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.Usage;
import dev.ratchet.task.blob.BlobException;
import dev.ratchet.task.blob.Values;
import dev.ratchet.task.schema.SchemaCheck;
import dev.ratchet.task.secret.Masking;
import dev.ratchet.task.spi.TaskExecutor;
import dev.ratchet.task.spi.TaskFailure;
import dev.ratchet.task.spi.TaskResult;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The way of one attempt, on the thread it was given: resolve, execute, mask, check, store, answer.
 *
 * @param allowance bytes of output that may travel
 */
record Carrying(Attempt attempt, TaskExecutor executor, AttemptContext context, Values values, int allowance) {
    /** What an attempt that went well came to. */
    record Product(Outcome.Completed completed, @Nullable Usage usage, boolean simulated) {}

    Product carryOut() throws TaskFailure, InterruptedException {
        if (attempt.prepared() == null) {
            context.resolve();
        }
        TaskResult result = executor.execute(context);
        return product(result);
    }

    private Product product(@Nullable TaskResult result) throws TaskFailure {
        if (result == null || isMissing(result.output())) {
            throw costing(
                    TaskFailure.permanent(
                            ErrorCode.INVALID_RESULT,
                            "Expected a result of " + attempt.key() + ", but its executor returned nothing"),
                    result);
        }
        try {
            Intake.Taken taken = taken(result.output());
            JsonNode output = context.masking().mask(taken.json());
            check(output);
            Values.Kept kept = keep(output);
            List<Answer> answers = Answers.of(attempt.task().questions(), output, kept.size(), context.onEdge(output));
            return new Product(
                    new Outcome.Completed(kept.value(), answers, decisions(result, taken)),
                    result.usage(),
                    result.simulated());
        } catch (TaskFailure e) {
            throw costing(e, result);
        } catch (RuntimeException e) {
            throw costing(Failures.of(e, attempt.key(), context.masking()), result);
        }
    }

    private static boolean isMissing(@Nullable JsonNode output) {
        return output == null || output.isMissingNode();
    }

    private void check(JsonNode output) throws TaskFailure {
        check(attempt.task().outputSchema(), output);
        check(executor.type().outputSchema(), output);
    }

    private void check(@Nullable JsonNode schema, JsonNode output) throws TaskFailure {
        String complaint = schema == null ? null : SchemaCheck.complaint(schema, output);
        if (complaint != null) {
            throw TaskFailure.permanent(
                    ErrorCode.OUTPUT_INVALID,
                    "Expected the output of " + attempt.key() + " to satisfy its schema, but " + complaint);
        }
    }

    private Values.Kept keep(JsonNode output) throws TaskFailure {
        try {
            return values.keep(output, allowance);
        } catch (BlobException e) {
            throw MaskedStore.failure(e);
        }
    }

    /** The output as it may travel. */
    static Intake.Taken taken(JsonNode output) throws TaskFailure {
        return switch (Intake.of(output)) {
            case Intake.Taken taken -> taken;
            case Intake.Refused refused -> throw TaskFailure.permanent(ErrorCode.OUTPUT_INVALID, refused.reason());
        };
    }

    private List<Decision> decisions(TaskResult result, Intake.Taken taken) {
        List<Decision> masked = masked(result.decisions(), context.masking());
        if (taken.halves() == 0) {
            return masked;
        }
        return Stream.concat(masked.stream(), Stream.of(Decision.ofOutput(taken.note())))
                .toList();
    }

    private static List<Decision> masked(List<Decision> decisions, Masking masking) {
        return masking.isIdle()
                ? decisions
                : decisions.stream().map(each -> masked(each, masking)).toList();
    }

    private static Decision masked(Decision decision, Masking masking) {
        JsonNode value = decision.value();
        String error = decision.error();
        return new Decision(
                decision.expression(),
                value == null ? null : masking.mask(value),
                error == null ? null : masking.mask(error),
                decision.took(),
                decision.note());
    }

    private static TaskFailure costing(TaskFailure failure, @Nullable TaskResult result) {
        Usage usage = result == null ? null : result.usage();
        return failure.costing(usage == null ? Usage.NONE : usage);
    }
}
