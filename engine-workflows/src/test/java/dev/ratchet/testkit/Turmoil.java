package dev.ratchet.testkit;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Node;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.Policies.ExecutionMode;
import dev.ratchet.run.CarriedRun;
import dev.ratchet.run.Command;
import dev.ratchet.run.Commands;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.Request;
import dev.ratchet.run.RunCommand;
import dev.ratchet.run.RunEvent;
import dev.ratchet.run.RunFold;
import dev.ratchet.run.RunInput;
import dev.ratchet.run.RunState;
import dev.ratchet.run.TaskError;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.TaskView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A run without Temporal to which anything happens at any time: work comes back, is lost, told twice; people and agents
 * answer; somebody asks for something; the run is renewed. What happens in a wake-up follows from one number, so that a list
 * of numbers is a whole schedule: any part of it can be left out, and the rest replayed. After the list everything is done in
 * turn until the run ends.
 *
 * <p>Time passes only here. In the calm after the list nobody answers for a task that waits before nothing else can happen:
 * an engine that forgets to go on is not helped by chance.
 */
public final class Turmoil {
    /** When it begins, epoch milliseconds. */
    private static final long START = 1_000_000;

    /** More wake-ups than any run needs once nobody disturbs it. */
    private static final int MOST_CALM = 5_000;

    /** So long may somebody look for a worker, milliseconds. */
    private static final int LONG_WAIT = 60_000;

    private static final String ENOUGH = "1000000";

    private final Actors actors = new Actors();
    private final Random random = new Random(0);
    private final Workers workers = new Workers(actors, random);
    private final List<RunInput> echoes = new ArrayList<>();
    private final Asking asking;
    private final Witness witness;
    private Function<RunState, RunFold> folding = RunFold::new;
    private UnaryOperator<CarriedRun> carrying = UnaryOperator.identity();
    private boolean renews;
    private RunFold fold;
    private long now = START;
    private int commands;
    private int renewals;

    /** Whoever asks something of a run. */
    public interface Asking {
        /** Anything at all. */
        Request anything(RunState state, Random random);

        /** The answer to a task that waits for a person or an agent; absent when none does. */
        @Nullable
        Request answer(RunState state, Random random);
    }

    /** Whoever looks at a run while it goes on, and throws when it is wrong. */
    public interface Witness {
        /** An input was fed. */
        void fed(RunInput input, List<RunEvent> events, RunState state);

        /** A wake-up is over: what followed was decided, and this is to be done. */
        void rested(List<RunEvent> events, List<RunCommand> commands, RunState state);

        /** The run goes on as a new execution: what it was, and what it is now. */
        void renewed(RunState before, RunState state);
    }

    public Turmoil(Plan plan, Function<TaskKey, Script> casting, Asking asking, Witness witness) {
        this.asking = asking;
        this.witness = witness;
        this.fold = folding.apply(new RunState(plan));
        actors.playOtherwise(casting);
    }

    /** Folds otherwise: for negative controls. */
    public Turmoil foldedBy(Function<RunState, RunFold> other) {
        folding = other;
        fold = folding.apply(new RunState(fold.state().plan()));
        return this;
    }

    /** Continues as a new execution in some wake-ups in which nothing is in flight but what workers have: that goes on. */
    public Turmoil renewing(UnaryOperator<CarriedRun> damage) {
        renews = true;
        carrying = damage;
        return this;
    }

    /** How often the run continued as a new execution. */
    public int renewals() {
        return renewals;
    }

    public RunState state() {
        return fold.state();
    }

    /** Plays a schedule, then whatever is left to do. */
    public Turmoil play(long[] moves) {
        random.setSeed(moves.length == 0 ? 0 : moves[0]);
        List<RunInput> first = new ArrayList<>();
        if (random.nextInt(20) == 0) {
            first.add(commanded(asking.anything(state(), random)));
        }
        first.add(new RunInput.Begin(now));
        wakeUp(first);
        for (long move : moves) {
            random.setSeed(move);
            move();
        }
        for (int i = 0; i < MOST_CALM && !state().isEnded(); i++) {
            random.setSeed(i);
            now++;
            wakeUp(List.of(next()));
        }
        if (!state().isEnded()) {
            throw new AssertionError("Expected the run to end, but it goes on for ever");
        }
        return this;
    }

    private void move() {
        now += random.nextInt(5) == 0 ? random.nextInt(1_500) : random.nextInt(3);
        int kind = random.nextInt(100);
        Long due = state().nextDue();
        if (kind < 22) {
            List<RunInput> inputs = new ArrayList<>(kind < 3 ? arrivals() : List.of());
            inputs.add(commanded(asking.anything(state(), random)));
            wakeUp(inputs);
        } else if (kind < 25) {
            seal();
        } else if (kind < 29) {
            wakeUp(aboutChildrenAndPeople());
        } else if (kind < 31) {
            Request answer = asking.answer(state(), random);
            wakeUp(answer == null ? List.of() : List.of(commanded(answer)));
        } else if (kind < 35) {
            wakeUp(aboutOtherQueues());
        } else if (due != null && (due <= now || kind < 40)) {
            now = Math.max(now, due);
            wakeUp(List.of(new RunInput.Elapsed(now)));
        } else {
            wakeUp(arrivals());
        }
    }

    /** What a run that nobody disturbs meets next. */
    private RunInput next() {
        if (!workers.areIdle()) {
            return looked(workers.deliver(now));
        }
        Long due = state().nextDue();
        if (due != null) {
            now = Math.max(now, due);
            return new RunInput.Elapsed(now);
        }
        if (state().isPaused()) {
            return commanded(new Request.Resume());
        }
        Request answer = asking.answer(state(), random);
        if (answer != null) {
            return commanded(answer);
        }
        if (state().status().wire().equals("paused")) {
            return commanded(new Request.RaiseBudget(PlanBuilder.usd(ENOUGH)));
        }
        throw new AssertionError("Expected something to go on with, but nothing is in flight and nothing is due");
    }

    private List<RunInput> arrivals() {
        List<RunInput> arrived = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count && !workers.areIdle(); i++) {
            boolean fault = random.nextInt(8) == 0;
            RunInput input = looked(fault ? workers.misbehave(now) : workers.deliver(now));
            arrived.add(input);
            if (random.nextInt(12) == 0) {
                echoes.add(input);
            }
        }
        if (!echoes.isEmpty() && random.nextInt(4) == 0) {
            arrived.add(echoes.remove(random.nextInt(echoes.size())));
        }
        Collections.shuffle(arrived, random);
        return arrived;
    }

    /** What somebody else's worker gave is looked at before its task completes. */
    private RunInput looked(RunInput input) {
        if (input instanceof RunInput.Returned in
                && in.outcomes().size() == 1
                && in.outcomes().getFirst().result() instanceof Outcome.Completed completed) {
            TaskKey key = in.outcomes().getFirst().key();
            TaskView task = state().task(key);
            if (task != null && task.node().mode() == ExecutionMode.EXTERNAL) {
                return new RunInput.GaveBack(in.at(), in.dispatch(), key, completed.output(), null);
            }
        }
        return input;
    }

    /** Somebody was told, or cannot be; a child cannot be started, is gone without a word, or is not waited for. */
    private List<RunInput> aboutChildrenAndPeople() {
        boolean well = random.nextBoolean();
        TaskError error = TaskError.of(ErrorCode.EXECUTION_FAILED, "Expected somebody there, but nobody is");
        List<TaskKey> children = List.copyOf(state().delegated());
        List<TaskKey> told = List.copyOf(workers.announced());
        if (!children.isEmpty() && (told.isEmpty() || random.nextBoolean())) {
            TaskKey key = children.get(random.nextInt(children.size()));
            int attempt = Objects.requireNonNull(state().task(key)).attempt();
            return List.of(new RunInput.ChildStarted(now, key, attempt, well ? null : error, false, null));
        }
        if (told.isEmpty()) {
            return List.of();
        }
        TaskKey key = told.get(random.nextInt(told.size()));
        TaskView task = state().task(key);
        return task == null
                ? List.of()
                : List.of(
                        new RunInput.Announced(now, key, task.attempt(), well || random.nextBoolean() ? null : error));
    }

    /** Somebody looked for workers at a queue, or the time of what waits there is over. */
    private List<RunInput> aboutOtherQueues() {
        List<String> sought = List.copyOf(workers.sought());
        if (!sought.isEmpty() && random.nextInt(3) > 0) {
            RunInput.Workers[] all = {
                RunInput.Workers.NONE, RunInput.Workers.NONE, RunInput.Workers.BUSY, RunInput.Workers.BEGUN
            };
            String queue = sought.get(random.nextInt(sought.size()));
            now += random.nextInt(LONG_WAIT);
            return List.of(new RunInput.QueueSeen(now, queue, all[random.nextInt(all.length)]));
        }
        RunInput untaken = workers.untaken(now);
        return untaken == null ? arrivals() : List.of(untaken);
    }

    private RunInput commanded(Request request) {
        commands++;
        return new RunInput.Commanded(now, new Command("request-" + commands, "tests", null, request));
    }

    private void wakeUp(List<RunInput> inputs) {
        boolean mayRenew = random.nextInt(4) == 0;
        List<RunEvent> made = new ArrayList<>();
        for (RunInput input : inputs) {
            List<RunEvent> events = fold.feed(input);
            witness.fed(input, events, state());
            made.addAll(events);
        }
        if (mayRenew && renews && isQuiet()) {
            renew();
        }
        List<RunEvent> followed = fold.proceed(now);
        made.addAll(followed);
        List<RunCommand> wanted = Commands.of(state(), made);
        wanted.forEach(workers::take);
        witness.rested(followed, wanted, state());
    }

    private boolean isQuiet() {
        return state().isQuietBut(state().dispatches())
                && !workers.hasInline()
                && state().startedAt() != null
                && state().closingUntil() == null
                && !state().isEnded();
    }

    private void renew() {
        CarriedRun travelled =
                carrying.apply(Json.read(Json.write(CarriedRun.of(state(), state().dispatches())), CarriedRun.class));
        RunState before = state();
        RunState restored = new RunState(before.plan());
        travelled.restore(restored);
        fold = folding.apply(restored);
        renewals++;
        witness.renewed(before, restored);
    }

    /** Some of what settled goes into a page. */
    private void seal() {
        int count = random.nextInt(state().unsealed().size() + 1);
        state().seal(state().unsealed().subList(0, count).stream()
                .map(key -> Objects.requireNonNull(state().task(key)).record())
                .toList());
    }

    /** The body that a turn or an item runs, or the graph; absent when there is none of that path. */
    public static @Nullable Node node(Plan plan, TaskKey key) {
        dev.ratchet.plan.Scope scope = plan.root();
        if (!key.scope().isEmpty()) {
            Node composite = node(
                    plan, TaskKey.parse(key.scope().substring(0, key.scope().lastIndexOf('['))));
            if (composite == null || composite.body() == null) {
                return null;
            }
            scope = composite.body().scope();
        }
        int index = scope.indexOf(key.id());
        return index < 0 ? null : scope.node(index);
    }
}
