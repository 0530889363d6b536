package dev.ratchet.service.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Documents;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.document.Money;
import dev.ratchet.run.Given;
import dev.ratchet.run.TaskError;
import dev.ratchet.run.Usage;
import dev.ratchet.run.Value;
import dev.ratchet.service.gateway.Artifacts;
import dev.ratchet.service.gateway.AskedTask;
import dev.ratchet.service.problem.ProblemCode;
import dev.ratchet.service.problem.ProblemException;
import dev.ratchet.task.approval.Approval;
import dev.ratchet.task.blob.Values;
import java.time.InstantSource;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What people and agents send, as a run takes it. Its digest is that of the outcome alone: who says the same twice, even by
 * another call, has said it once. Thread-safe.
 */
public final class AnswerBodies {
    /** A larger value is stored before it is sent. */
    private static final int MAX_INLINE = 4 * 1024;

    /** A code names a kind of failure; what there is to say about one is its message. */
    private static final int MAX_CODE = 128;

    private static final String APPROVAL = "approval";

    private final Values values;
    private final Artifacts artifacts;
    private final String currency;
    private final InstantSource clock;

    /** @param currency that costs are told in */
    public AnswerBodies(Values values, Artifacts artifacts, String currency, InstantSource clock) {
        this.values = values;
        this.artifacts = artifacts;
        this.currency = currency;
        this.clock = clock;
    }

    /** {@code {"output" | "result" | "result_ref", "usage"?}}; nothing is an empty object. */
    Given completion(AskedTask task, JsonNode body, @Nullable Usage usage) {
        long named = body.properties().stream()
                .filter(field -> field.getKey().equals("output")
                        || field.getKey().equals("result")
                        || field.getKey().equals("result_ref"))
                .count();
        if (named > 1) {
            throw ProblemException.invalid(
                    "", "Expected one of 'output', 'result' and 'result_ref', but there are " + named);
        }
        if (task.spec().type().equals(APPROVAL)) {
            JsonNode decision = body.has("output") ? body.get("output") : body.path("result");
            return decision(task, decision, body.has("output") ? "/output" : "/result", null);
        }
        if (body.has("result_ref")) {
            return stored(task, body.get("result_ref"), usage);
        }
        JsonNode output = body.has("output") ? body.get("output") : body.get("result");
        JsonNode whole = output == null ? Json.mapper().createObjectNode() : output;
        return new Given(digest("output", whole), keep(whole), null, usage);
    }

    private Given stored(AskedTask task, JsonNode ref, @Nullable Usage usage) {
        if (!ref.isTextual()) {
            throw ProblemException.invalid(
                    "/result_ref", "Expected 'result_ref' to be the ref of an artifact, but it is not");
        }
        try {
            Value.Stored found = artifacts.find(task.run().organization(), ref.textValue());
            String complaint = artifacts.complaint(task.run().organization(), found);
            if (complaint != null) {
                throw ProblemException.invalid("/result_ref", complaint);
            }
            return new Given(digest("ref", Artifacts.described(found).path("ref")), found, null, usage);
        } catch (ProblemException missing) {
            if (missing.code() != ProblemCode.NOT_FOUND) {
                throw missing;
            }
            throw ProblemException.invalid(
                    "/result_ref",
                    "Expected 'result_ref' to be the ref of an artifact of the organization, but it is not");
        }
    }

    /** {@code {"error": {code, message}}}, or the same without the brackets. */
    Given failure(JsonNode body, @Nullable Usage usage) {
        boolean nested = body.has("error");
        JsonNode error = nested ? body.get("error") : body;
        String at = nested ? "/error" : "";
        if (!error.isObject()) {
            throw ProblemException.invalid(at, "Expected 'error' to be an object, but it is not");
        }
        String code = text(error, at, "code");
        if (code != null && code.length() > MAX_CODE) {
            throw ProblemException.invalid(
                    at + "/code", "Expected 'code' to be at most " + MAX_CODE + " characters, but it is longer");
        }
        String message = text(error, at, "message");
        boolean known = code == null
                || Arrays.stream(ErrorCode.values()).anyMatch(one -> one.wire().equals(code));
        String wire = code == null || !known ? ErrorCode.EXECUTION_FAILED.wire() : code;
        ObjectNode details = known ? null : Json.mapper().createObjectNode().put("code", code);
        TaskError failed = new TaskError(
                wire,
                message == null ? "Expected whoever had the task to complete it, but they failed" : message,
                details);
        return new Given(digest("error", Json.tree(failed)), null, failed, usage);
    }

    /** A decision on what the task asks. */
    Given decision(AskedTask task, JsonNode body, String at, @Nullable String bearer) {
        if (!task.spec().type().equals(APPROVAL)) {
            throw ProblemException.of(
                    ProblemCode.TASK_NOT_WAITING,
                    "Expected an approval, but " + task.key() + " is a "
                            + task.spec().type());
        }
        try {
            ObjectNode decided = bearer == null
                    ? approval(task).decide(body)
                    : new Approval(approval(task).choices(), approval(task).form(), java.util.List.of()).decide(body);
            if (bearer != null) {
                decided.put("by", bearer);
            }
            String digest = digest("output", decided);
            return new Given(digest, keep(decided.put("at", clock.millis())), null, null);
        } catch (Approval.Unfit unfit) {
            throw ProblemException.invalid(at + unfit.pointer(), unfit.reason());
        }
    }

    /** What is asked now, else what the document says will be. */
    private static Approval approval(AskedTask task) {
        JsonNode asked = task.assignment();
        if (asked == null) {
            JsonNode written = task.spec().config();
            if (written == null
                    || written.path("choices").toString().contains("${")
                    || written.path("assignees").toString().contains("${")) {
                throw ProblemException.of(
                        ProblemCode.TASK_NOT_WAITING,
                        "Expected " + task.key()
                                + " to wait before somebody decides, for what it asks is known only then");
            }
            return Approval.of(written);
        }
        var hold = task.hold();
        String next = hold == null || !hold.escalated() ? null : hold.escalateTo();
        return next == null ? Approval.of(asked) : Approval.of(asked).alsoOf(next);
    }

    /** {@code {"input_tokens", "output_tokens", "tokens", "cost": {amount, currency}}}. */
    @Nullable
    Usage usage(JsonNode usage) {
        if (usage.isMissingNode() || usage.isNull()) {
            return null;
        }
        if (!usage.isObject()) {
            throw ProblemException.invalid("/usage", "Expected 'usage' to be an object, but it is not");
        }
        long input = tokens(usage.path("input_tokens"), "/usage/input_tokens");
        long output = tokens(usage.path("output_tokens"), "/usage/output_tokens");
        long all = tokens(usage.path("tokens"), "/usage/tokens");
        Money cost = usage.has("cost") ? Amounts.read(usage.get("cost"), "/usage/cost") : null;
        if (cost != null && !cost.currency().equals(currency)) {
            throw ProblemException.invalid(
                    "/usage/cost/currency", "Expected a cost in " + currency + ", but it is in another currency");
        }
        return new Usage(input, Math.max(output, all - input), cost);
    }

    static long tokens(JsonNode count, String pointer) {
        if (count.isMissingNode() || count.isNull()) {
            return 0;
        }
        if (!count.isIntegralNumber()
                || !count.canConvertToLong()
                || count.longValue() < 0
                || count.longValue() > MOST_TOKENS) {
            throw ProblemException.invalid(pointer, "Expected a whole number of tokens, but it is none");
        }
        return count.longValue();
    }

    private static final long MOST_TOKENS = 1_000_000_000_000L;

    private static @Nullable String text(JsonNode error, String at, String field) {
        JsonNode value = error.path(field);
        if (value.isMissingNode()) {
            return null;
        }
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw ProblemException.invalid(at + "/" + field, "Expected '" + field + "' to be text, but it is not");
        }
        return value.textValue();
    }

    private Value keep(JsonNode json) {
        return values.keep(json, MAX_INLINE).value();
    }

    private static String digest(String kind, JsonNode json) {
        return Documents.hash(Json.mapper().createArrayNode().add(kind).add(json));
    }
}
