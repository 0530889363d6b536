package dev.ratchet.run;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.Body;
import dev.ratchet.plan.Node;
import dev.ratchet.plan.Plan;
import dev.ratchet.testkit.Turmoil;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows a run by its events alone, and says where its course makes no sense: a request that was accepted without effect, or
 * where nothing goes on; a failure that nobody mended and that is gone; a verdict that the tasks do not have; an attempt that
 * is handed out twice. Knows nothing of states.
 */
final class CourseChecker {
    private enum Life {
        OPEN,
        CLOSING,
        LOOKED_AT,
        ENDED
    }

    private final List<String> wrong = new ArrayList<>();
    private final Map<String, Life> lives = new HashMap<>();
    /** Tasks that failed for good without leave, and that no later outcome made good. */
    private final Set<TaskKey> failures = new HashSet<>();

    private final Set<TaskKey> failed = new HashSet<>();
    private final Set<TaskKey> requested = new HashSet<>();
    /** Tasks that were cancelled, or skipped because their turn or the run came to its end. */
    private final Set<TaskKey> cutShort = new HashSet<>();

    private final Set<TaskKey> settled = new HashSet<>();
    private final Set<TaskKey> brokenTurns = new HashSet<>();
    /** Of loops and maps, which must not complete then: what is wrong with one of their turns. */
    private final Map<TaskKey, String> doubtful = new HashMap<>();

    private final Map<TaskKey, Integer> failedAttempts = new HashMap<>();
    private final Map<TaskKey, Given> answers = new HashMap<>();
    /** What the answer was that made the attempt before fail. */
    private final Map<TaskKey, String> usedUp = new HashMap<>();

    private final Map<TaskKey, @Nullable Long> timers = new HashMap<>();
    private final Set<TaskKey> unanswered = new HashSet<>();
    private final Set<TaskKey> givenUp = new HashSet<>();
    private final Set<String> stopped = new HashSet<>();
    private final Set<String> handedOut = new HashSet<>();
    private Plan plan;
    private boolean paused;
    private boolean aborted;
    private @Nullable ClosingCause closing;
    private @Nullable RunStatus end;

    CourseChecker(Plan plan) {
        this.plan = plan;
    }

    List<String> wrong() {
        return wrong;
    }

    void fed(RunInput input, List<RunEvent> events) {
        if (end != null && !events.isEmpty()) {
            wrong.add("something happens after the end: " + events);
        }
        if (input instanceof RunInput.Commanded commanded && end == null) {
            checkRequest(commanded.command(), events);
        }
        if (paused && !isToldByAWorker(input)) {
            events.forEach(this::checkPreparation);
        }
        events.forEach(this::read);
    }

    void rested(List<RunEvent> events, List<RunCommand> commands) {
        if (end != null && !events.isEmpty()) {
            wrong.add("something happens after the end: " + events);
        }
        if (paused) {
            events.forEach(this::checkPreparation);
        }
        events.forEach(this::read);
        for (TaskKey key : unanswered) {
            wrong.add("an early answer is not taken when its task waits: " + key);
        }
        unanswered.clear();
        for (RunCommand command : commands) {
            if (command instanceof RunCommand.Dispatch dispatch) {
                dispatch.attempts().forEach(this::handOut);
            }
        }
        for (TaskKey key : givenUp) {
            lives.forEach((path, life) -> {
                boolean own = ScopePath.composite(path).equals(key);
                if (own && life == Life.CLOSING && !stopped.contains(path) && closing == null) {
                    wrong.add("a body that has no time left goes on: " + path);
                }
            });
        }
    }

    /** A worker that has a group prepares its tasks, and tells of it when it is done. */
    private static boolean isToldByAWorker(RunInput input) {
        return switch (input) {
            case RunInput.Returned in -> !in.steps().isEmpty();
            case RunInput.Lost in -> true;
            default -> false;
        };
    }

    /** Only what an attempt of its own would cost may be estimated anew: nobody is asked, and nothing begins. */
    private void checkPreparation(RunEvent event) {
        if (event instanceof RunEvent.PreparationAsked asked
                && !(failedAttempts.containsKey(asked.key()) && isEstimated(asked.key()))) {
            wrong.add("something is prepared while the run is paused: " + event);
        }
    }

    private boolean isEstimated(TaskKey key) {
        Node node = Turmoil.node(plan, key);
        return node != null && node.mode().isPreparedEachTime() && !node.mode().isParked();
    }

    private void handOut(Attempt attempt) {
        String text = attempt.key() + " attempt " + attempt.attempt() + " delivery " + attempt.delivery();
        if (!handedOut.add(text)) {
            wrong.add("an attempt is handed out twice: " + text);
        }
    }

    private void checkRequest(Command command, List<RunEvent> events) {
        RunEvent.CommandRead read = null;
        for (RunEvent event : events) {
            read = event instanceof RunEvent.CommandRead found ? found : read;
        }
        if (read == null) {
            wrong.add("a request is not read: " + command);
        } else if (read.refusal() == null) {
            checkAccepted(command.what(), events);
        } else if (events.size() > 1) {
            wrong.add("a request that is refused changes something: " + events);
        }
    }

    private void checkAccepted(Request request, List<RunEvent> events) {
        switch (request) {
            case Request.Abort abort -> effect(request, aborted || has(events, RunEvent.Closing.class));
            case Request.RaiseBudget raise -> effect(request, has(events, RunEvent.BudgetRaised.class));
            case Request.Pause pause -> effect(request, paused || has(events, RunEvent.Paused.class));
            case Request.Resume resume -> effect(request, !paused || has(events, RunEvent.Resumed.class));
            case Request.Give give -> {
                Given known = answers.get(give.key());
                String digest = give.given().digest();
                boolean again =
                        (known != null && known.digest().equals(digest)) || digest.equals(usedUp.get(give.key()));
                effect(
                        request,
                        again || has(events, RunEvent.AnswerTaken.class) || has(events, RunEvent.AnswerKept.class));
                if (!again) {
                    alive(request, give.key(), events);
                    if (timers.containsKey(give.key())) {
                        wrong.add("a timer is answered: " + request);
                    }
                }
            }
            case Request.Skip skip -> {
                boolean again = requested.contains(skip.key());
                effect(request, again || events.stream().anyMatch(event -> isSkipOf(event, skip.key())));
                if (!again) {
                    alive(request, skip.key(), events);
                }
            }
            case Request.Retry retry -> {
                effect(
                        request,
                        events.contains(new RunEvent.Reopened(events.getFirst().at(), retry.key())));
                alive(request, retry.key(), events);
                if (!failed.contains(retry.key())) {
                    wrong.add("a task is tried again that did not fail: " + retry);
                }
            }
            case Request.Patch patch -> effect("patch", has(events, RunEvent.Patched.class));
            case Request.Rerun rerun -> {
                // a note for the audit
            }
        }
    }

    private static boolean isSkipOf(RunEvent event, TaskKey key) {
        return event instanceof RunEvent.Skipped e && e.key().equals(key) && e.reason() == SkipReason.REQUESTED;
    }

    private static boolean has(List<RunEvent> events, Class<? extends RunEvent> kind) {
        return events.stream().anyMatch(kind::isInstance);
    }

    private void effect(Object request, boolean there) {
        if (!there) {
            wrong.add("a request that is accepted changes nothing: " + request);
        }
    }

    /** Nothing goes on in a turn that closes, is looked at, or ended, nor in one within, unless it is opened again. */
    private void alive(Request request, TaskKey key, List<RunEvent> events) {
        Life life = closing == null ? Life.OPEN : Life.CLOSING;
        for (String path = key.scope(); !path.isEmpty(); path = ScopePath.outer(path)) {
            boolean opens = isReopened(path, events) || (request instanceof Request.Give && mayYetBegin(path));
            Life own = opens ? Life.OPEN : lives.getOrDefault(path, Life.ENDED);
            life = own == Life.OPEN ? life : own;
        }
        if (life != Life.OPEN) {
            wrong.add("a request is accepted where nothing goes on, which is " + life + ": " + request);
        }
    }

    /** Answers are kept for turns and items to come. */
    private boolean mayYetBegin(String path) {
        return !lives.containsKey(path) && !settled.contains(ScopePath.composite(path));
    }

    private static boolean isReopened(String path, List<RunEvent> events) {
        return events.stream()
                .anyMatch(event -> event instanceof RunEvent.ItemReopened e
                        && ScopePath.of(e.key(), e.number()).equals(path));
    }

    private void read(RunEvent event) {
        switch (event) {
            case RunEvent.ScopeBegan e -> lives.put(ScopePath.of(e.key(), e.number()), Life.OPEN);
            case RunEvent.ItemReopened e -> {
                String path = ScopePath.of(e.key(), e.number());
                lives.put(path, Life.OPEN);
                stopped.remove(path);
                settled.remove(e.key());
                brokenTurns.remove(e.key());
                doubtful.remove(e.key());
            }
            case RunEvent.ScopeClosing e -> {
                lives.put(e.scope(), Life.CLOSING);
                if (e.cancels()) {
                    stopped.add(e.scope());
                }
            }
            case RunEvent.ScopeAsked e -> lives.put(ScopePath.of(e.key(), e.number()), Life.LOOKED_AT);
            case RunEvent.ScopeEnded e -> scopeEnded(e);
            case RunEvent.RepeatGivenUp e -> {
                if (e.error().is(ErrorCode.TIMEOUT)) {
                    givenUp.add(e.key());
                }
            }
            case RunEvent.Completed e -> {
                settles(e.key());
                failures.remove(e.key());
                checkTimer(e.key(), e.at());
                String doubt = doubtful.get(e.key());
                if (doubt != null) {
                    wrong.add(doubt);
                }
                if (brokenTurns.contains(e.key()) && !collects(e.key())) {
                    wrong.add("a loop or map completes although a turn of it failed: " + e.key());
                }
            }
            case RunEvent.Failed e -> {
                settles(e.key());
                failed.add(e.key());
                Node node = Turmoil.node(plan, e.key());
                if (node == null || !node.allowFailure()) {
                    failures.add(e.key());
                } else {
                    failures.remove(e.key());
                }
            }
            case RunEvent.Skipped e -> skipped(e);
            case RunEvent.Cancelled e -> {
                settles(e.key());
                cutShort.add(e.key());
            }
            case RunEvent.Reopened e -> reopened(e.key());
            case RunEvent.AttemptFailed e -> attemptFailed(e);
            case RunEvent.Parked e -> {
                usedUp.remove(e.key());
                if (e.waitingFor() == WaitingFor.TIMER) {
                    timers.put(e.key(), e.dueAt());
                } else if (answers.containsKey(e.key())) {
                    unanswered.add(e.key());
                }
            }
            case RunEvent.AnswerKept e -> answers.put(e.key(), e.given());
            case RunEvent.AnswerTaken e -> {
                answers.put(e.key(), e.given());
                unanswered.remove(e.key());
                if (timers.containsKey(e.key())) {
                    wrong.add("a timer is answered: " + e);
                }
            }
            case RunEvent.Paused e -> paused = true;
            case RunEvent.Resumed e -> paused = false;
            case RunEvent.Patched e -> {
                answers.keySet().removeIf(key -> isOther(key, e.plan()));
                plan = e.plan();
                failures.removeIf(this::isGone);
                cutShort.removeIf(this::isGone);
            }
            case RunEvent.Closing e -> {
                closing = e.cause();
                aborted |= e.cause() == ClosingCause.ABORTED;
                if (e.cause() == ClosingCause.BROKEN) {
                    wrong.add("a run breaks: " + e.error());
                }
            }
            case RunEvent.Ended e -> ended(e);
            default -> {
                // says nothing about the course
            }
        }
    }

    /** Whoever answered has answered to what the task was. */
    private boolean isOther(TaskKey key, Plan other) {
        Node node = Turmoil.node(plan, key);
        return node == null || !node.equals(Turmoil.node(other, key));
    }

    private boolean isGone(TaskKey key) {
        return Turmoil.node(plan, key) == null;
    }

    private void attemptFailed(RunEvent.AttemptFailed e) {
        Given answer = answers.remove(e.key());
        if (answer != null) {
            usedUp.put(e.key(), answer.digest());
        }
        Node node = Turmoil.node(plan, e.key());
        int count = failedAttempts.merge(e.key(), 1, Integer::sum);
        if (node != null && count >= node.retry().maxAttempts()) {
            wrong.add("more attempts than there may be: " + e);
        }
    }

    private void checkTimer(TaskKey key, long at) {
        Long due = timers.remove(key);
        if (due != null && at < due) {
            wrong.add("a timer is early: " + key);
        }
    }

    private void settles(TaskKey key) {
        settled.add(key);
        cutShort.remove(key);
        requested.remove(key);
        failed.remove(key);
    }

    private void skipped(RunEvent.Skipped e) {
        settles(e.key());
        timers.remove(e.key());
        switch (e.reason()) {
            case REQUESTED -> {
                requested.add(e.key());
                failures.remove(e.key());
            }
            case CONDITION, RULE_NOT_MET -> failures.remove(e.key());
            case UPSTREAM_FAILURE -> {
                if (closing == null && lives.getOrDefault(e.key().scope(), Life.OPEN) == Life.OPEN) {
                    failures.remove(e.key());
                }
            }
            case RUN_FAILED, RUN_ABORTED, RUN_TIMED_OUT, BUDGET -> cutShort.add(e.key());
        }
    }

    /** A failure stays one until the task comes to another end. */
    private void reopened(TaskKey key) {
        settled.remove(key);
        failed.remove(key);
        requested.remove(key);
        cutShort.remove(key);
        failedAttempts.remove(key);
        answers.remove(key);
        usedUp.remove(key);
        timers.remove(key);
        brokenTurns.remove(key);
        givenUp.remove(key);
        doubtful.remove(key);
        String within = key + "[";
        lives.keySet().removeIf(path -> path.startsWith(within));
        failures.removeIf(other -> other.scope().startsWith(within));
        settled.removeIf(other -> other.scope().startsWith(within));
        failedAttempts.keySet().removeIf(other -> other.scope().startsWith(within));
        answers.keySet().removeIf(other -> other.scope().startsWith(within));
        brokenTurns.removeIf(other -> other.scope().startsWith(within));
    }

    private void scopeEnded(RunEvent.ScopeEnded e) {
        String path = ScopePath.of(e.key(), e.number());
        lives.put(path, Life.ENDED);
        if (e.part().error() != null) {
            brokenTurns.add(e.key());
            return;
        }
        Set<TaskKey> inside = new HashSet<>(failures);
        inside.addAll(cutShort);
        inside.removeIf(key -> !key.scope().equals(path));
        if (!inside.isEmpty()) {
            doubtful.put(e.key(), "a turn or an item is well although tasks of it failed or were cut short: " + inside);
        }
    }

    private boolean collects(TaskKey key) {
        Node node = Turmoil.node(plan, key);
        return node != null && node.body() instanceof Body.Each each && each.collect();
    }

    private void ended(RunEvent.Ended e) {
        end = e.status();
        Set<TaskKey> atRoot = new HashSet<>(failures);
        atRoot.removeIf(key -> !key.scope().isEmpty());
        Set<TaskKey> open = new HashSet<>();
        plan.root().nodes().forEach(node -> open.add(TaskKey.root(node.id())));
        open.removeAll(settled);
        RunStatus naive = aborted
                ? RunStatus.ABORTED
                : closing != null || !atRoot.isEmpty() ? RunStatus.FAILED : RunStatus.COMPLETED;
        if (naive != e.status() || !open.isEmpty()) {
            wrong.add("a run ends " + e.status() + ", but its tasks say " + naive + "; failures " + atRoot + ", open "
                    + open);
        }
        if (e.status() == RunStatus.COMPLETED
                && cutShort.stream().anyMatch(key -> key.scope().isEmpty())) {
            wrong.add("a run completes although tasks of it were cut short: " + cutShort);
        }
    }
}
