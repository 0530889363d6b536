package dev.ratchet.testkit;

import dev.ratchet.run.Attempt;
import dev.ratchet.run.Commands;
import dev.ratchet.run.EngineVersions;
import dev.ratchet.run.InlineJob;
import dev.ratchet.run.RunCommand;
import dev.ratchet.run.RunEvent;
import dev.ratchet.run.RunFold;
import dev.ratchet.run.RunInput;
import dev.ratchet.run.Source;
import dev.ratchet.run.TaskKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A worker that has a group: folds its piece of the plan, and remembers each input as a step. */
final class GroupWorker {
    private final long dispatch;
    private final RunFold fold;
    private final Actors actors;
    private final Random random;
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<RunCommand.Inline> inline = new ArrayList<>();
    private final List<RunInput> steps = new ArrayList<>();
    private long now;

    GroupWorker(RunCommand.DispatchGroup command, Actors actors, Random random, long now) {
        this.dispatch = command.dispatch();
        this.actors = actors;
        this.random = random;
        this.now = now;
        this.fold = RunFold.ofGroup(
                command.piece(),
                command.settled(),
                command.group(),
                dispatch,
                command.slots(),
                EngineVersions.CURRENT,
                now);
        steps.add(new RunInput.Proceed(now));
        take(fold.proceed(now));
    }

    /** Works until nothing can go on, or so many inputs were taken in. */
    GroupWorker work(int inputs) {
        for (int i = 0; i < inputs && !(attempts.isEmpty() && inline.isEmpty()); i++) {
            now++;
            feed(next());
        }
        return this;
    }

    /** Stops whatever it works on, because the run wants to end. */
    GroupWorker stop() {
        now++;
        feed(new RunInput.Reported(
                now, attempts.stream().map(each -> actors.stopped(each, now)).toList()));
        attempts.clear();
        return this;
    }

    long now() {
        return now;
    }

    List<RunInput> steps() {
        return steps;
    }

    /** Attempts that were handed out and did not end. */
    List<TaskKey> unfinished() {
        return fold.state().owed(dispatch);
    }

    private RunInput next() {
        int choice = random.nextInt(attempts.size() + inline.size());
        if (choice < attempts.size()) {
            Attempt attempt = attempts.remove(choice);
            return new RunInput.Reported(now, List.of(actors.outcome(attempt, now)));
        }
        RunCommand.Inline work = inline.remove(choice - attempts.size());
        Map<String, Source> sources = work.sources();
        return new RunInput.Answered(
                now,
                work.jobs().stream()
                        .map((InlineJob job) -> actors.answer(job, sources, now))
                        .toList());
    }

    private void feed(RunInput step) {
        steps.add(step);
        List<RunEvent> events = new ArrayList<>(fold.feed(step));
        events.addAll(fold.proceed(now));
        take(events);
    }

    private void take(List<RunEvent> events) {
        for (RunCommand command : Commands.of(fold.state(), events)) {
            switch (command) {
                case RunCommand.Inline work -> inline.add(work);
                case RunCommand.Dispatch more -> attempts.addAll(more.attempts());
                default -> throw new AssertionError("Expected only work in a group, but there is " + command);
            }
        }
    }
}
