package dev.ratchet.testkit;

import dev.ratchet.document.Json;
import dev.ratchet.plan.Plan;
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
import dev.ratchet.run.TaskRecord;
import dev.ratchet.run.TaskStatus;
import dev.ratchet.run.TaskView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A run without Temporal: folds a plan, plays its workers by script, and lets time pass only when told to or when nothing
 * else can happen. All that is left to chance, such as the order in which work comes back, follows from the seed.
 *
 * <p>Either {@link #toEnd} does everything, or the verbs do one thing each; after a verb all inline work is done at once.
 */
public final class Simulation {
    /** When it begins, epoch milliseconds. */
    public static final long START = 1_000_000;

    /** A worker that says nothing for that long is lost. */
    private static final long SILENCE_MS = 10_000;

    /** More wake-ups than any run has. */
    private static final int MANY = 1_000_000_000;

    private final Plan plan;
    private final Random random;
    private final Actors actors = new Actors();
    private final Workers workers;
    private final List<RunEvent> events = new ArrayList<>();
    private final Till till = new Till();
    private final List<RunInput> echoes = new ArrayList<>();
    private Function<RunState, RunFold> folding = RunFold::new;
    private UnaryOperator<CarriedRun> carrying = UnaryOperator.identity();
    private UnaryOperator<RunInput> travel = UnaryOperator.identity();
    private boolean carries;
    private int faults;
    private int meddling;
    private boolean pauses;
    private int moments = Integer.MAX_VALUE;
    private int raiseMoment;
    private @Nullable RunInput raise;
    private RunFold fold;
    private long now = START;
    private int commands;
    private int carried;

    public Simulation(Plan plan) {
        this(plan, 0);
    }

    public Simulation(Plan plan, long seed) {
        this.plan = plan;
        this.random = new Random(seed);
        this.workers = new Workers(actors, random);
        this.fold = folding.apply(new RunState(plan));
    }

    public Simulation script(String id, Script script) {
        actors.play(id, script);
        return this;
    }

    /** Folds otherwise: for negative controls. */
    public Simulation foldedBy(Function<RunState, RunFold> other) {
        folding = other;
        fold = folding.apply(new RunState(plan));
        return this;
    }

    /** Continues as a new execution whenever nothing is in flight. */
    public Simulation carrying() {
        return carrying(UnaryOperator.identity());
    }

    /** The same, and something happens to what is carried: for negative controls. */
    public Simulation carrying(UnaryOperator<CarriedRun> damage) {
        carries = true;
        carrying = damage;
        return this;
    }

    /** Sends every input through JSON before it is fed. */
    public Simulation travelling() {
        travel = input -> Json.read(Json.write(input), RunInput.class);
        return this;
    }

    /** At most so many deliveries are lost, given back, reported early or twice. */
    public Simulation withFaults(int most) {
        faults = most;
        return this;
    }

    /** Somebody aborts the run after so many wake-ups, the first included. */
    public Simulation abortingAfter(int wakeUps) {
        moments = wakeUps;
        return this;
    }

    /** Somebody raises the limit after so many wake-ups. */
    public Simulation raisingBudgetTo(String usd, int wakeUps) {
        raise = budget(usd);
        raiseMoment = wakeUps;
        return this;
    }

    /** Somebody pauses, resumes, skips and retries so many times, whenever they like. */
    public Simulation meddledWith(int times) {
        meddling = times;
        return this;
    }

    /** Somebody pauses or resumes the run so many times, whenever they like. */
    public Simulation pausing(int times) {
        pauses = true;
        return meddledWith(times);
    }

    private RunInput meddled() {
        if (pauses) {
            return commanded(random.nextBoolean() ? new Request.Pause() : new Request.Resume());
        }
        TaskKey any = TaskKey.root(
                plan.root().node(random.nextInt(plan.root().size())).id());
        return commanded(
                switch (random.nextInt(5)) {
                    case 0 -> new Request.Pause();
                    case 1 -> new Request.Resume();
                    case 2 -> new Request.Skip(any);
                    default -> new Request.Retry(any);
                });
    }

    /** Keeps tasks of another run from the start. */
    public Simulation beginningWith(CarriedRun kept) {
        kept.restore(state());
        return this;
    }

    /** Takes the run up. */
    public Simulation begin() {
        wakeUp(List.of(new RunInput.Begin(now)));
        return answerAll();
    }

    /** Goes on, in an order that follows from the seed, until the run ended. */
    public Simulation toEnd() {
        if (events.isEmpty()) {
            wakeUp(List.of(new RunInput.Begin(now)));
        }
        int most = 1_000 + 100 * plan.root().size();
        for (int i = 0; i < most && !state().isEnded(); i++) {
            step();
        }
        if (!state().isEnded()) {
            throw new AssertionError("Expected the run to end within " + most + " wake-ups, but it goes on");
        }
        return this;
    }

    /** Goes on for so many wake-ups, or until the run ended. */
    public Simulation steps(int count) {
        if (events.isEmpty()) {
            wakeUp(List.of(new RunInput.Begin(now)));
        }
        for (int i = 0; i < count && !state().isEnded(); i++) {
            step();
        }
        return this;
    }

    /** One wake-up. */
    private void step() {
        now += random.nextInt(3);
        Long due = state().nextDue();
        boolean waitsForPeople = due == null && workers.areIdle();
        if (meddling > 0 && random.nextInt(3) == 0) {
            meddling--;
            wakeUp(List.of(meddled()));
        } else if (waitsForPeople && state().isPaused()) {
            wakeUp(List.of(commanded(new Request.Resume())));
        } else if (--moments == 0 || (waitsForPeople && raise == null && moments < MANY)) {
            moments = 0;
            wakeUp(List.of(aborted()));
        } else if (raise != null && (--raiseMoment <= 0 || waitsForPeople)) {
            wakeUp(List.of(raise));
            raise = null;
        } else if (waitsForPeople) {
            throw new AssertionError("Expected something to wait for, but nothing is in flight and nothing is due: "
                    + state().records(0));
        } else if (due != null && (due <= now || workers.areIdle())) {
            now = Math.max(now, due);
            wakeUp(List.of(new RunInput.Elapsed(now)));
        } else {
            wakeUp(arrivals());
        }
    }

    private List<RunInput> arrivals() {
        List<RunInput> arrived = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count && !workers.areIdle(); i++) {
            boolean fault = faults > 0 && random.nextInt(3) == 0;
            faults -= fault ? 1 : 0;
            RunInput input = fault ? workers.misbehave(now) : workers.deliver(now);
            arrived.add(input);
            if (fault && random.nextBoolean()) {
                echoes.add(input);
            }
        }
        if (!echoes.isEmpty() && random.nextInt(4) == 0) {
            arrived.add(echoes.remove(random.nextInt(echoes.size())));
        }
        Collections.shuffle(arrived, random);
        return arrived;
    }

    /** Feeds inputs in one wake-up, and carries out what follows. */
    public Simulation wakeUp(List<RunInput> inputs) {
        List<RunEvent> made = new ArrayList<>();
        for (RunInput input : inputs) {
            till.arrives(input);
            made.addAll(fold.feed(travel.apply(input)));
        }
        if (carries && workers.areIdle() && state().isQuiet() && state().closing() == null && !state().isEnded()) {
            carryOver();
        }
        made.addAll(fold.proceed(now));
        events.addAll(made);
        for (RunCommand command : Commands.of(state(), made)) {
            workers.take(command);
            if (command instanceof RunCommand.Dispatch dispatch) {
                till.handedOut(dispatch);
            }
        }
        return this;
    }

    /** Half of what has settled is sealed before, as runs do. */
    private void carryOver() {
        seal(state().unsealed().size() / 2);
        CarriedRun travelled = Json.read(Json.write(CarriedRun.of(state())), CarriedRun.class);
        RunState restored = new RunState(state().plan());
        carrying.apply(travelled).restore(restored);
        fold = folding.apply(restored);
        carried++;
    }

    /** Seals the tasks that settled first. */
    public void seal(int count) {
        state().seal(state().unsealed().subList(0, count).stream()
                .map(key -> Objects.requireNonNull(state().task(key)).record())
                .toList());
    }

    private Simulation verb(RunInput input) {
        wakeUp(List.of(input));
        return answerAll();
    }

    private Simulation answerAll() {
        while (workers.hasInline()) {
            wakeUp(List.of(workers.answerNext(now)));
        }
        return this;
    }

    /** The dispatch that carries a task comes back with an outcome for each attempt. */
    public Simulation finish(String id) {
        return verb(workers.finish(dispatchOf(id), now));
    }

    /** The run that carries out a task says what it says next: that it began, then how it ended. */
    public Simulation hear(String id) {
        return verb(workers.child(TaskKey.parse(id), now));
    }

    /** The worker that has the task says nothing any more, which the server notices after ten seconds. */
    public Simulation loseDispatch(String id) {
        long dispatch = dispatchOf(id);
        now += SILENCE_MS;
        return verb(workers.lose(dispatch, List.of(), now));
    }

    /** The delivery of the task fails at once, before anything of it was begun: its worker cannot read what it was handed. */
    public Simulation failDelivery(String id) {
        return verb(workers.lose(dispatchOf(id), List.of(), now));
    }

    /** The worker that has the task shuts down in the middle of it. */
    public Simulation interrupt(String id) {
        return verb(workers.interrupt(dispatchOf(id), now));
    }

    /** The attempt ends so, and nobody knows what it cost. */
    public Simulation endUnknown(String id, Outcome.Result result) {
        return verb(workers.endUnknown(dispatchOf(id), result, now));
    }

    /** The queues where somebody is to look for workers. */
    public Set<String> sought() {
        return workers.sought();
    }

    /** Somebody looked at a queue. */
    public Simulation see(String taskQueue, RunInput.Workers seen) {
        return verb(new RunInput.QueueSeen(now, taskQueue, seen));
    }

    /** The worker that has the task shuts down before it began any attempt of that dispatch. */
    public Simulation handBack(String id) {
        return verb(workers.handBack(dispatchOf(id), now));
    }

    /** The worker reports one attempt, and goes on with the rest of its dispatch. */
    public Simulation reportEarly(String id) {
        return verb(workers.report(dispatchOf(id), TaskKey.parse(id), now));
    }

    /** The last outcome of a task arrives once more. */
    public Simulation duplicateReport(String id) {
        Outcome last = Objects.requireNonNull(workers.last(TaskKey.parse(id)), "nothing was reported of " + id);
        return verb(new RunInput.Reported(now, List.of(last)));
    }

    /** Somebody aborts the run. */
    public Simulation abort() {
        return verb(aborted());
    }

    private RunInput aborted() {
        commands++;
        return new RunInput.Commanded(now, new Command("abort-" + commands, "tests", null, new Request.Abort()));
    }

    /** Somebody asks for something. */
    public Simulation request(Request request) {
        return verb(commanded(request));
    }

    /** Why the last request was refused; absent when it was not. */
    public @Nullable TaskError refusal() {
        return state().refusal("request-" + commands);
    }

    private RunInput commanded(Request request) {
        commands++;
        return new RunInput.Commanded(now, new Command("request-" + commands, "tests", null, request));
    }

    /** Of whom somebody was told who is to answer for them. */
    public Set<TaskKey> announced() {
        return workers.announced();
    }

    /** Somebody raises the limit. */
    public Simulation raiseBudget(String usd) {
        return verb(budget(usd));
    }

    private RunInput budget(String usd) {
        commands++;
        return new RunInput.Commanded(
                now, new Command("budget-" + commands, "tests", null, new Request.RaiseBudget(PlanBuilder.usd(usd))));
    }

    /** Time passes; what falls due on the way does so in time. */
    public Simulation advance(Duration time) {
        long until = now + time.toMillis();
        for (Long due = state().nextDue(); due != null && due <= until; due = state().nextDue()) {
            now = Math.max(now, due);
            verb(new RunInput.Elapsed(now));
        }
        now = until;
        return this;
    }

    /** What comes back when the dispatch that carries a task ends, without feeding it. */
    public RunInput finishing(String id) {
        return workers.finish(dispatchOf(id), now);
    }

    /** Whoever had a dispatch is done with it: for tests that make up themselves what came back. */
    public void forget(long dispatch) {
        workers.forget(dispatch);
    }

    private long dispatchOf(String id) {
        return view(id).dispatch();
    }

    /** The graph that it began with. */
    public Plan plan() {
        return plan;
    }

    public RunState state() {
        return fold.state();
    }

    public List<RunEvent> events() {
        return Collections.unmodifiableList(events);
    }

    /** What providers charged for, each attempt once. Only of runs without groups. */
    public List<Outcome> charged() {
        return till.charged();
    }

    /** The task of each delivery that was never heard of. Only of runs without groups. */
    public List<TaskKey> lostDeliveries() {
        return till.lost();
    }

    public long now() {
        return now;
    }

    /** How often the run continued as a new execution. */
    public int timesCarried() {
        return carried;
    }

    /** What was asked of workers and not answered yet. */
    public List<RunCommand> open() {
        return workers.open();
    }

    public TaskView view(String id) {
        return Objects.requireNonNull(state().task(TaskKey.parse(id)), () -> "there is no task " + id);
    }

    public TaskStatus status(String id) {
        return view(id).phase().status();
    }

    public TaskRecord record(String id) {
        return view(id).record();
    }
}
