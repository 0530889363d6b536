package dev.ratchet.testkit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.RunCommand;
import dev.ratchet.run.RunInput;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.Usage;
import dev.ratchet.run.Value;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/** The runs that carry out tasks of a simulated run: each says that it began, then how it ended. */
final class Children {
    private final Actors actors;
    private final TreeMap<TaskKey, Child> open = new TreeMap<>();

    Children(Actors actors) {
        this.actors = actors;
    }

    private record Child(int attempt, boolean begun, boolean stopped) {}

    /** Asked again it is the same child. */
    void start(RunCommand.StartChild command) {
        actors.delegate(command.key());
        Child known = open.get(command.key());
        if (known == null || known.attempt() != command.attempt()) {
            open.put(command.key(), new Child(command.attempt(), false, false));
        }
    }

    void stop(RunCommand.StopChild command) {
        open.computeIfPresent(command.key(), (key, child) -> new Child(child.attempt(), child.begun(), true));
    }

    boolean areOver() {
        return open.isEmpty();
    }

    int size() {
        return open.size();
    }

    RunInput next(int index, long now) {
        return next(List.copyOf(open.keySet()).get(index), now);
    }

    RunInput next(TaskKey key, long now) {
        Child child = Objects.requireNonNull(open.get(key), () -> "Expected a run for " + key + ", but there is none");
        if (!child.begun() && !child.stopped()) {
            open.put(key, new Child(child.attempt(), true, false));
            return new RunInput.ChildStarted(now, key, child.attempt(), null, false, null);
        }
        open.remove(key);
        Usage used = !child.begun()
                ? Usage.NONE
                : Objects.requireNonNullElse(actors.script(key).usage(), Usage.NONE);
        return new RunInput.Reported(
                now, List.of(new Outcome(key, child.attempt(), 1, now, now, result(key, child), used, false)));
    }

    private Outcome.Result result(TaskKey key, Child child) {
        return child.stopped()
                ? new Outcome.Cancelled()
                : actors.script(key)
                        .result(
                                key,
                                child.attempt(),
                                Value.of(JsonNodeFactory.instance.textNode("of " + key)),
                                List.of());
    }
}
