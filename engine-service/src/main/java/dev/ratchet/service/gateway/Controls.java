package dev.ratchet.service.gateway;

import dev.ratchet.run.Command;
import dev.ratchet.run.Request;
import dev.ratchet.run.RunStatus;
import dev.ratchet.service.problem.ProblemCode;
import dev.ratchet.service.problem.ProblemException;
import dev.ratchet.workflow.Cancellation;
import dev.ratchet.workflow.CommandVerdict;
import dev.ratchet.workflow.SnapshotRequest;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Hands commands to living runs and asks for a while what became of them. */
final class Controls {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long FIRST_PAUSE_MS = 20;
    private static final SnapshotRequest WHOLE = new SnapshotRequest(0, true);

    private final TemporalRpc rpc;
    private final RunReader reader;

    Controls(TemporalRpc rpc, RunReader reader) {
        this.rpc = rpc;
        this.reader = reader;
    }

    /**
     * Returns the run after the command took effect, or as it is when that takes longer.
     *
     * @param repeatable whether its sender named it: then Temporal knows it again also when the run has ended, and it has
     *     the same answer as the first time
     */
    RunReading send(RunId run, Command command, boolean repeatable) throws InterruptedException {
        Sent sent = deliver(run, command, repeatable, WHOLE);
        RunReading after = sent.after();
        boolean aborted = stateOf(after) == RunStatus.ABORTED;
        if (!sent.delivered() || (sent.verdict() == null && after.isTerminal() && !aborted)) {
            throw finished(run, after);
        }
        return after;
    }

    /**
     * What came of a command that no run refused.
     *
     * @param delivered false when the run had ended
     * @param verdict absent when the run has ended meanwhile, or nobody has answered in time
     */
    record Sent(boolean delivered, @Nullable CommandVerdict verdict, RunReading after) {}

    /**
     * Hands a command over.
     *
     * @param wanted what its sender wants to know of the run after it
     * @throws ProblemException when the run refuses it
     */
    Sent deliver(RunId run, Command command, boolean repeatable, SnapshotRequest wanted) throws InterruptedException {
        String request = repeatable ? command.id() : UUID.randomUUID().toString();
        boolean delivered = deliveredInTwo(run, command, request);
        CommandVerdict verdict = delivered ? verdict(run, command) : null;
        if (verdict != null && !verdict.accepted()) {
            throw refused(verdict);
        }
        return new Sent(delivered, verdict, reader.read(run, wanted));
    }

    /** A signal may meet the moment between two executions of a chain, so one refusal says nothing yet. */
    private boolean deliveredInTwo(RunId run, Command command, String request) {
        boolean first = delivered(run, command, request);
        return first || delivered(run, command, request);
    }

    private boolean delivered(RunId run, Command command, String request) {
        try {
            rpc.signal(run.workflowId(), "command", command, request);
            return true;
        } catch (StatusRuntimeException failed) {
            if (TemporalRpc.isNotFound(failed)) {
                return false;
            }
            if (TemporalRpc.isFull(failed) && command.what() instanceof Request.Abort) {
                return cancelled(run, command, request);
            }
            throw failed;
        }
    }

    /** A run that takes no more signals is aborted all the same. */
    private boolean cancelled(RunId run, Command command, String request) {
        try {
            rpc.cancel(run.workflowId(), Cancellation.reason(command), request);
            return true;
        } catch (StatusRuntimeException failed) {
            if (TemporalRpc.isNotFound(failed)) {
                return false;
            }
            throw failed;
        }
    }

    /** @return null when the run has ended before, or nobody has answered in time */
    private @Nullable CommandVerdict verdict(RunId run, Command command) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (long pause = FIRST_PAUSE_MS; System.nanoTime() < deadline; pause *= 2) {
            QueryAnswer<CommandVerdict> answer =
                    rpc.query(run.workflowId(), "verdict", command.id(), CommandVerdict.class);
            if (answer instanceof QueryAnswer.Answered<CommandVerdict>(CommandVerdict verdict) && verdict != null) {
                return verdict;
            }
            if (answer instanceof QueryAnswer.Closed<CommandVerdict>) {
                return lastVerdict(run, command);
            }
            TimeUnit.MILLISECONDS.sleep(pause);
        }
        return null;
    }

    /** The command may have been what ended the run. */
    private @Nullable CommandVerdict lastVerdict(RunId run, Command command) {
        return rpc.queryEven(run.workflowId(), "verdict", command.id(), CommandVerdict.class)
                        instanceof QueryAnswer.Answered<CommandVerdict>(CommandVerdict verdict)
                ? verdict
                : null;
    }

    private static ProblemException refused(CommandVerdict verdict) {
        return refused(verdict.code(), verdict.message());
    }

    /** What a run refused, as its sender hears it. */
    static ProblemException refused(@Nullable String wire, @Nullable String why) {
        String code = wire == null ? "" : wire;
        String message = why == null ? "Expected the run to accept this, but it did not" : why;
        return ProblemException.of(ProblemCode.of(code).orElse(ProblemCode.INVALID_INPUT), message);
    }

    static ProblemException finished(RunId run, RunReading reading) {
        return finished(run, stateOf(reading));
    }

    static ProblemException finished(RunId run, RunStatus state) {
        return ProblemException.of(
                state == RunStatus.ABORTED ? ProblemCode.RUN_ABORTED : ProblemCode.RUN_COMPLETED,
                "Expected run " + run.id() + " to be unfinished, but it is " + state.wire());
    }

    private static RunStatus stateOf(RunReading reading) {
        return switch (reading) {
            case RunReading.Told told -> told.record().state();
            case RunReading.Described described -> described.state();
        };
    }
}
