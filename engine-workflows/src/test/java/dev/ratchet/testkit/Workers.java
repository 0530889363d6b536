package dev.ratchet.testkit;

import dev.ratchet.run.Attempt;
import dev.ratchet.run.InlineAnswer;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.RunCommand;
import dev.ratchet.run.RunInput;
import dev.ratchet.run.TaskKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All that works on a simulated run: what is open there, and what comes back, well or badly. */
final class Workers {
    private final Actors actors;
    private final Random random;
    private final List<RunCommand.Inline> inline = new ArrayList<>();
    private final TreeMap<Long, RunCommand.Dispatch> dispatches = new TreeMap<>();
    private final TreeMap<Long, RunCommand.DispatchGroup> groups = new TreeMap<>();
    private final Map<TaskKey, Outcome> made = new HashMap<>();
    private final TreeSet<TaskKey> announced = new TreeSet<>();
    private final Set<Long> stopped = new HashSet<>();
    private final TreeSet<String> sought = new TreeSet<>();
    private final Children children;
    private boolean stopping;

    Workers(Actors actors, Random random) {
        this.actors = actors;
        this.random = random;
        this.children = new Children(actors);
    }

    void take(RunCommand command) {
        switch (command) {
            case RunCommand.Inline work -> inline.add(work);
            case RunCommand.Dispatch dispatch -> dispatches.put(dispatch.dispatch(), dispatch);
            case RunCommand.DispatchGroup group -> groups.put(group.dispatch(), group);
            case RunCommand.External external ->
                dispatches.put(
                        external.dispatch(),
                        new RunCommand.Dispatch(
                                external.dispatch(),
                                List.of(external.attempt()),
                                Map.of(),
                                external.timeoutMs(),
                                external.taskQueue(),
                                external.priority()));
            case RunCommand.Announce announce -> announced.add(announce.key());
            case RunCommand.Withdraw withdraw -> announced.remove(withdraw.key());
            case RunCommand.StartChild start -> children.start(start);
            case RunCommand.StopChild stop -> children.stop(stop);
            case RunCommand.CancelDispatches cancel -> stopping = true;
            case RunCommand.SeekWorker seek -> sought.add(seek.taskQueue());
            case RunCommand.CancelSome some -> stopped.addAll(some.dispatches());
        }
    }

    boolean areIdle() {
        return inline.isEmpty() && dispatches.isEmpty() && groups.isEmpty() && children.areOver();
    }

    /** Whom somebody was told of who is to answer. */
    SortedSet<TaskKey> announced() {
        return announced;
    }

    /** The queues where somebody is to look for workers. */
    SortedSet<String> sought() {
        return sought;
    }

    /** What the run of a task says next: that it began, then how it ended. */
    RunInput child(TaskKey key, long now) {
        return children.next(key, now);
    }

    boolean hasInline() {
        return !inline.isEmpty();
    }

    List<RunCommand> open() {
        List<RunCommand> open = new ArrayList<>(inline);
        open.addAll(dispatches.values());
        open.addAll(groups.values());
        return open;
    }

    @Nullable
    Outcome last(TaskKey key) {
        return made.get(key);
    }

    /** Something that is open comes back. */
    RunInput deliver(long now) {
        int others = inline.size() + dispatches.size() + groups.size();
        int choice = random.nextInt(others + children.size());
        if (choice >= others) {
            return children.next(choice - others, now);
        }
        if (choice < inline.size()) {
            return answer(inline.remove(choice), now);
        }
        return finish(pick(choice - inline.size()), now);
    }

    /** Something that is open is lost, given back, or reports a part. */
    RunInput misbehave(long now) {
        int count = dispatches.size() + groups.size();
        if (count == 0) {
            return deliver(now);
        }
        long number = pick(random.nextInt(count));
        return switch (random.nextInt(4)) {
            case 0 -> lose(number, someOutcomes(number, now), now);
            case 1 -> handBack(number, now);
            case 2 -> dispatches.containsKey(number) ? interrupt(number, now) : handBack(number, now);
            default ->
                dispatches.containsKey(number)
                        ? new RunInput.Reported(now, someOutcomes(number, now))
                        : finish(number, now);
        };
    }

    private long pick(int index) {
        List<Long> numbers = new ArrayList<>(dispatches.keySet());
        numbers.addAll(groups.keySet());
        return numbers.get(index);
    }

    RunInput answerNext(long now) {
        return answer(inline.removeFirst(), now);
    }

    private RunInput answer(RunCommand.Inline work, long now) {
        return new RunInput.Answered(
                now,
                work.jobs().stream()
                        .map(job -> actors.answer(job, work.sources(), now))
                        .toList(),
                ahead(work, now));
    }

    /** Nobody has to look whether what is done ahead makes sense: the run does. */
    private List<InlineAnswer.Executed> ahead(RunCommand.Inline work, long now) {
        int most = work.ahead().isEmpty() ? 0 : random.nextInt(work.ahead().size() + 1);
        return work.ahead().stream()
                .limit(most)
                .map(job -> new InlineAnswer.Executed(actors.outcome(job.attempt(), now)))
                .toList();
    }

    RunInput finish(long number, long now) {
        RunCommand.DispatchGroup group = groups.remove(number);
        if (group != null) {
            GroupWorker worker = new GroupWorker(group, actors, random, now);
            worker = stopping ? worker.work(random.nextInt(3)).stop() : worker.work(Integer.MAX_VALUE);
            return new RunInput.Returned(now, number, List.of(), worker.unfinished(), worker.steps());
        }
        RunCommand.Dispatch dispatch = taken(number);
        return new RunInput.Returned(
                now,
                number,
                dispatch.attempts().stream().map(each -> outcome(each, now)).toList(),
                List.of(),
                List.of());
    }

    RunInput lose(long number, List<Outcome> outcomes, long now) {
        RunCommand.DispatchGroup group = groups.remove(number);
        if (group != null) {
            GroupWorker worker = new GroupWorker(group, actors, random, now).work(random.nextInt(4));
            return new RunInput.Lost(now, number, List.of(), random.nextBoolean() ? worker.steps() : List.of());
        }
        taken(number);
        return new RunInput.Lost(now, number, outcomes, List.of());
    }

    RunInput handBack(long number, long now) {
        RunCommand.DispatchGroup group = groups.remove(number);
        if (group != null) {
            GroupWorker worker = new GroupWorker(group, actors, random, now).work(random.nextInt(4));
            return new RunInput.Returned(now, number, List.of(), worker.unfinished(), worker.steps());
        }
        List<TaskKey> keys = taken(number).attempts().stream().map(Attempt::key).toList();
        return new RunInput.Returned(now, number, List.of(), keys, List.of());
    }

    /** The worker that has a dispatch stops its attempts in the middle, and does not know what they cost. */
    RunInput interrupt(long number, long now) {
        return endUnknown(number, new Outcome.Interrupted(), now);
    }

    /** All attempts of a dispatch end so, and nobody knows what they cost. */
    RunInput endUnknown(long number, Outcome.Result result, long now) {
        List<Outcome> outcomes = taken(number).attempts().stream()
                .map(each ->
                        new Outcome(each.key(), each.attempt(), each.delivery(), now, now, result, null, false, true))
                .toList();
        return new RunInput.Returned(now, number, outcomes, List.of(), List.of());
    }

    /** The time of a dispatch to a queue of its own is over; absent when there is none. */
    @Nullable
    RunInput untaken(long now) {
        for (RunCommand.Dispatch dispatch : dispatches.values()) {
            if (dispatch.taskQueue() != null) {
                taken(dispatch.dispatch());
                return new RunInput.Untaken(now, dispatch.dispatch(), random.nextBoolean());
            }
        }
        return null;
    }

    /** One attempt of a dispatch is reported while the rest goes on. */
    RunInput report(long number, TaskKey key, long now) {
        return new RunInput.Reported(
                now,
                open(number).attempts().stream()
                        .filter(each -> each.key().equals(key))
                        .map(each -> outcome(each, now))
                        .toList());
    }

    private List<Outcome> someOutcomes(long number, long now) {
        RunCommand.Dispatch dispatch = dispatches.get(number);
        return dispatch == null
                ? List.of()
                : dispatch.attempts().stream()
                        .filter(each -> random.nextBoolean())
                        .map(each -> outcome(each, now))
                        .toList();
    }

    /** How an attempt ended stays the same, however often it is told. */
    private Outcome outcome(Attempt attempt, long now) {
        Outcome before = made.get(attempt.key());
        if (before != null && before.attempt() == attempt.attempt() && before.delivery() == attempt.delivery()) {
            return before;
        }
        Outcome outcome =
                stopping && random.nextBoolean() ? actors.stopped(attempt, now) : actors.outcome(attempt, now);
        made.put(attempt.key(), outcome);
        return outcome;
    }

    void forget(long number) {
        dispatches.remove(number);
        groups.remove(number);
    }

    private RunCommand.Dispatch taken(long number) {
        RunCommand.Dispatch dispatch = open(number);
        dispatches.remove(number);
        return dispatch;
    }

    private RunCommand.Dispatch open(long number) {
        RunCommand.Dispatch dispatch = dispatches.get(number);
        if (dispatch == null) {
            throw new AssertionError("Expected dispatch " + number + " to be open, but it is not");
        }
        return dispatch;
    }
}
