package dev.ratchet.run;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Body;
import dev.ratchet.plan.Node;
import dev.ratchet.plan.Policies.ExecutionMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Answers for tasks of turns and items that are yet to begin: kept until they do, so many and so large at most. */
final class EarlyAnswers {
    static final int MOST = 100;
    static final int MOST_BYTES = 128 * 1024;

    private final TreeMap<TaskKey, Given> given = new TreeMap<>();

    void keep(TaskKey key, Given answer) {
        given.put(key, answer);
    }

    /** What was given for a task that is there from now on; absent when nothing was. */
    @Nullable
    Given take(TaskKey key) {
        return given.isEmpty() ? null : given.remove(key);
    }

    Map<TaskKey, Given> all() {
        return given;
    }

    /** What an answer means for a task that the run has no entry for. */
    static List<RunEvent> give(RunView view, RunInput.Commanded in, Request.Give give) {
        TaskKey key = give.key();
        Node node = KnownTasks.node(view.plan(), key);
        if (node == null || key.scope().isEmpty() || !canBe(view, key)) {
            return Requests.refused(in, ErrorCode.TASK_NOT_FOUND, "Expected a task of the run, but it has no " + key);
        }
        Given known = view.earlyAnswers().get(key);
        if (known != null && known.digest().equals(give.given().digest())) {
            return List.of(new RunEvent.CommandRead(in.at(), in.command(), null));
        }
        String why = whyNot(view, give, node, known);
        return why != null
                ? Requests.refused(in, ErrorCode.TASK_NOT_WAITING, why)
                : List.of(
                        new RunEvent.CommandRead(in.at(), in.command(), null),
                        new RunEvent.AnswerKept(in.at(), key, give.given()));
    }

    private static @Nullable String whyNot(RunView view, Request.Give give, Node node, @Nullable Given known) {
        TaskKey key = give.key();
        if (node.mode() != ExecutionMode.PARKED) {
            return "Expected a task that waits for a person or an agent, but " + key + " is a "
                    + node.task().type();
        }
        if (known != null) {
            return "Expected the answer that " + key + " has already, but it is another one";
        }
        if (give.once() != null || !isYetToCome(view, key)) {
            return "Expected " + key + " to wait for an answer, or to do so yet, but it does not";
        }
        return view.earlyAnswers().size() >= MOST || bytes(view, give.given()) > MOST_BYTES
                ? "Expected few answers for turns and items that have not begun, but there are too many; give this one when "
                        + key + " waits for it"
                : null;
    }

    private static int bytes(RunView view, Given more) {
        return view.earlyAnswers().values().stream()
                        .mapToInt(EarlyAnswers::size)
                        .sum()
                + size(more);
    }

    private static int size(Given answer) {
        return Json.write(answer).getBytes(StandardCharsets.UTF_8).length;
    }

    /** Whether there can be so many turns or items, as far as that is known. */
    private static boolean canBe(RunView view, TaskKey key) {
        if (key.scope().isEmpty()) {
            return true;
        }
        TaskKey composite = ScopePath.composite(key.scope());
        TaskView task = view.task(composite);
        RepetitionView repetition = task == null || task.phase() != Phase.REPEATING ? null : task.repetition();
        Body body = Objects.requireNonNull(
                Objects.requireNonNull(KnownTasks.node(view.plan(), composite)).body());
        int most = repetition != null
                ? repetition.total()
                : body instanceof Body.Loop loop ? loop.maxIterations() : Integer.MAX_VALUE;
        return ScopePath.number(key.scope()) < most && canBe(view, composite);
    }

    /** Whether the turn or the item may still begin. */
    private static boolean isYetToCome(RunView view, TaskKey key) {
        TaskKey composite = ScopePath.composite(key.scope());
        TaskView task = view.task(composite);
        if (task == null) {
            return !composite.scope().isEmpty() && isYetToCome(view, composite);
        }
        if (view.isStopping(composite)) {
            return false;
        }
        return switch (task.phase()) {
            case PENDING, DECIDING, DECIDED, PREPARING, QUEUED, AWAITING_BUDGET, GROUPED -> true;
            case REPEATING -> {
                RepetitionView repetition = task.repetition();
                yield repetition != null
                        && repetition.failure() == null
                        && ScopePath.number(key.scope()) >= repetition.begun();
            }
            case RUNNING, DELEGATED, EXECUTING, BACKING_OFF, PARKED, COMPLETED, FAILED, SKIPPED, CANCELLED -> false;
        };
    }
}
