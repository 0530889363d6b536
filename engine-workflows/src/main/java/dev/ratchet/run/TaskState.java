package dev.ratchet.run;

import dev.ratchet.document.Money;
import dev.ratchet.document.Weight;
import dev.ratchet.plan.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The writable side of a task: plain fields, changed by {@link RunState#apply} only. */
final class TaskState implements TaskView {
    final TaskKey key;
    Node node;
    int index;
    Lane lane;
    /** Where it was placed last: what must be undone before it is placed anew. */
    @Nullable
    Lane placedIn;

    Place place = Place.NONE;
    boolean pays;

    @Nullable
    Phase counted;

    Phase phase = Phase.PENDING;
    int unsettledSources;
    int attempt;
    int earlierAttempts;

    /** Of a task that repeats others: the most attempts that one of them had, in rounds that are over. */
    int attemptsWithin;

    @Nullable
    EdgeMarks edgeMarks;

    int delivery;
    int lostDeliveries;
    boolean redelivery;
    boolean unpolled;
    long handedAt;
    long dispatch;
    long version;
    int revision = 1;

    @Nullable
    Long startedAt;

    @Nullable
    Long endedAt;

    @Nullable
    Long dueAt;

    @Nullable
    WaitingFor parkedFor;

    @Nullable
    Hold hold;

    @Nullable
    Given given;

    boolean announced;

    @Nullable
    Errand errand;

    @Nullable
    Value output;

    @Nullable
    TaskError error;

    @Nullable
    SkipReason reason;

    List<String> blockedBy = List.of();
    Usage usage = Usage.NONE;
    Usage attemptUsage = Usage.NONE;
    boolean simulated;
    List<Decision> decisions = List.of();
    List<Answer> answers = List.of();
    List<Answer> lateAnswers = List.of();

    @Nullable
    Answer whenAnswer;

    @Nullable
    Estimate estimate;

    @Nullable
    Value payload;

    @Nullable
    Money reserved;

    List<TaskRecord.AttemptRecord> log = List.of();

    @Nullable
    Repetition repetition;

    boolean sealed;
    boolean kept;
    private long weighed = -1;
    private int weight;

    /** Of a map that has not begun: what an earlier run has done of it. */
    @Nullable
    KeptItems keptItems;

    TaskState(TaskKey key, Node node, int index, Lane lane) {
        this.key = key;
        this.node = node;
        this.index = index;
        this.lane = lane;
    }

    /** Forgets how it ended. */
    void reopen() {
        endedAt = null;
        error = null;
        reason = null;
        blockedBy = List.of();
        given = null;
        sealed = false;
        lateAnswers = List.of();
        whenAnswer = null;
        payload = null;
        estimate = null;
        delivery = 0;
        redelivery = false;
        edgeMarks = null;
        attemptsWithin = repetition == null ? attemptsWithin : Math.max(attemptsWithin, repetition.mostAttempts);
    }

    /** From now on it is asked for something else. */
    void askAnew() {
        earlierAttempts = attempt;
    }

    /** All that a reader may want to know of it is kept elsewhere now. */
    void seal() {
        sealed = true;
        decisions = List.of();
        log = phase == Phase.FAILED ? log : List.of();
        payload = null;
        estimate = null;
        given = given == null ? null : given.known();
        hold = null;
    }

    /**
     * A delivery begins, or may have begun unheard.
     *
     * @param at when it was handed over
     */
    void beginDelivery(long at) {
        if (redelivery) {
            delivery++;
        } else {
            attempt++;
            delivery = 1;
            lostDeliveries = 0;
            attemptUsage = Usage.NONE;
        }
        redelivery = false;
        handedAt = at;
    }

    /**
     * Notes how the current attempt ended, once it is paid for; attempts that need no telling of their own are described by
     * the task.
     */
    void logAttempt(String state, @Nullable Long started, @Nullable Long ended, @Nullable TaskError why) {
        boolean plain = isPlain() && !state.equals("retried");
        if (ownAttempts() > 0 && !plain && !isTold()) {
            log = logWith(state.equals("retried") ? "failed" : state, started, ended, why);
        }
    }

    /** Whether the current attempt is among the known ones: the next may fail before it begins. */
    private boolean isTold() {
        return !log.isEmpty() && log.getLast().attempt() >= attempt;
    }

    private boolean isPlain() {
        return ownAttempts() <= 1 && delivery <= 1 && lostDeliveries == 0;
    }

    private List<TaskRecord.AttemptRecord> logWith(
            String state, @Nullable Long started, @Nullable Long ended, @Nullable TaskError why) {
        return AttemptLog.with(
                log,
                new TaskRecord.AttemptRecord(
                        attempt,
                        delivery,
                        lostDeliveries,
                        started,
                        ended,
                        state,
                        why,
                        attemptUsage.isNone() ? null : attemptUsage));
    }

    /** The attempts as a reader sees them: the one that has not ended is among them. */
    private List<TaskRecord.AttemptRecord> shownLog() {
        return sealed || isPlain() || isTold()
                ? log
                : logWith(shownStatus().wire(), startedAt == null ? null : (Long) handedAt, endedAt, null);
    }

    /** A reader wants to know that nobody works on it, though it was handed out. */
    private TaskStatus shownStatus() {
        return unpolled ? TaskStatus.WAITING : phase.status();
    }

    private @Nullable WaitingFor shownWaitingFor() {
        return unpolled ? WaitingFor.WORKER : phase == Phase.PARKED ? parkedFor : phase.waitingFor();
    }

    /** What its record weighs, in bytes; as of its last change. */
    int weight() {
        if (weighed != version) {
            weight = Math.toIntExact(Weight.of(record()));
            weighed = version;
        }
        return weight;
    }

    @Override
    public TaskRecord record() {
        return new TaskRecord(
                key,
                shownStatus(),
                version,
                revision,
                shownWaitingFor(),
                phase == Phase.DELEGATED || phase == Phase.RUNNING ? null : dueAt,
                attempt,
                startedAt,
                endedAt,
                output,
                error,
                reason,
                blockedBy,
                usage.isNone() ? null : usage,
                simulated ? true : null,
                decisions,
                shownLog(),
                phase == Phase.PARKED ? hold : null,
                kept ? true : null,
                repetition == null ? null : repetition.progress(),
                node.mode().isDelegated() && ownAttempts() > 0 ? true : null);
    }

    @Override
    public TaskKey key() {
        return key;
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public boolean isInGroup() {
        return phase == Phase.GROUPED || lane.isGroup();
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public Phase phase() {
        return phase;
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public int earlierAttempts() {
        return earlierAttempts;
    }

    @Override
    public @Nullable EdgeMarks edgeMarks() {
        return edgeMarks;
    }

    @Override
    public int delivery() {
        return delivery;
    }

    @Override
    public int lostDeliveries() {
        return lostDeliveries;
    }

    @Override
    public boolean isRedelivery() {
        return redelivery;
    }

    @Override
    public long handedAt() {
        return handedAt;
    }

    @Override
    public boolean isUnpolled() {
        return unpolled;
    }

    @Override
    public Usage usage() {
        return usage;
    }

    @Override
    public long dispatch() {
        return dispatch;
    }

    @Override
    public List<Answer> answers() {
        return answers;
    }

    @Override
    public List<Answer> lateAnswers() {
        return lateAnswers;
    }

    @Override
    public @Nullable Answer whenAnswer() {
        return whenAnswer;
    }

    @Override
    public @Nullable SkipReason reason() {
        return reason;
    }

    @Override
    public @Nullable Value output() {
        return output;
    }

    @Override
    public @Nullable TaskError error() {
        return error;
    }

    @Override
    public @Nullable Estimate estimate() {
        return estimate;
    }

    @Override
    public @Nullable Value payload() {
        return payload;
    }

    @Override
    public @Nullable Money reserved() {
        return reserved;
    }

    @Override
    public @Nullable Long dueAt() {
        return dueAt;
    }

    @Override
    public @Nullable Long startedAt() {
        return startedAt;
    }

    @Override
    public @Nullable RepetitionView repetition() {
        return repetition;
    }

    @Override
    public @Nullable Hold hold() {
        return hold;
    }

    @Override
    public @Nullable Errand errand() {
        return errand;
    }

    @Override
    public @Nullable Given given() {
        return given;
    }

    @Override
    public @Nullable WaitingFor parkedFor() {
        return parkedFor;
    }
}
