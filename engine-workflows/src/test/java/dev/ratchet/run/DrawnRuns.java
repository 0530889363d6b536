package dev.ratchet.run;

import dev.ratchet.plan.Policies.OnBudget;
import dev.ratchet.plan.Policies.OnConditionError;
import dev.ratchet.plan.Policies.OnFailure;
import dev.ratchet.plan.Policies.Scheduling;
import dev.ratchet.plan.Policies.TriggerRule;
import dev.ratchet.run.DrawnTask.DrawnBody;
import dev.ratchet.run.DrawnTask.Kind;
import dev.ratchet.run.TaskCase.EdgeCase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Draws runs and schedules from seeds. */
final class DrawnRuns {
    private static final int DEEPEST = 2;

    private static final List<Kind> KINDS = List.of(
            Kind.PLAIN,
            Kind.PLAIN,
            Kind.PLAIN,
            Kind.PLAIN,
            Kind.QUICK,
            Kind.QUICK,
            Kind.PRICED,
            Kind.PRICED,
            Kind.CHILD,
            Kind.EXTERNAL,
            Kind.TIMER,
            Kind.AGENT,
            Kind.PERSON,
            Kind.LOOP,
            Kind.MAP,
            Kind.MAP);

    private final Random random;
    private int drawn;
    private int groups;

    private DrawnRuns(long seed) {
        this.random = new Random(seed);
    }

    /** The run and the schedule of a seed. */
    static Disturbance of(long seed) {
        DrawnRuns source = new DrawnRuns(seed);
        DrawnRun run = source.run();
        return new Disturbance(
                run, source.random.longs(source.random.nextInt(70)).boxed().toList());
    }

    private DrawnRun run() {
        boolean paid = random.nextInt(3) == 0;
        return new DrawnRun(
                tasks(1 + random.nextInt(7), 0),
                pick(OnFailure.values()),
                pick(OnConditionError.values()),
                pick(Scheduling.values()),
                random.nextBoolean() ? 1 : 1 + random.nextInt(5),
                random.nextInt(3),
                paid ? random.nextInt(60) : -1,
                pick(OnBudget.values()),
                random.nextInt(12) == 0 ? 1_000 + random.nextInt(20_000) : 0,
                random.nextInt(15) == 0 ? 1_000 + random.nextInt(10_000) : 0);
    }

    private List<DrawnTask> tasks(int size, int depth) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            ids.add(String.format(Locale.ROOT, "t%02d", drawn++));
        }
        Collections.shuffle(ids, random);
        String[] groupOf = new String[size];
        if (depth == 0 && random.nextInt(4) == 0) {
            String name = "g" + groups++;
            int from = random.nextInt(size);
            for (int i = from; i < Math.min(size, from + 2 + random.nextInt(2)); i++) {
                groupOf[i] = name;
            }
        }
        double density = random.nextDouble() * 0.8;
        List<DrawnTask> tasks = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            tasks.add(task(ids.get(i), tasks, density, groupOf[i], depth));
        }
        Collections.shuffle(tasks, random);
        return List.copyOf(tasks);
    }

    private DrawnTask task(String id, List<DrawnTask> before, double density, @Nullable String group, int depth) {
        Kind kind = KINDS.get(random.nextInt(KINDS.size()));
        if ((group != null && !kind.travelsInGroups()) || (kind.repeats() && depth == DEEPEST)) {
            kind = Kind.PLAIN;
        }
        List<DrawnTask.Dep> deps = new ArrayList<>();
        for (DrawnTask source : before) {
            if (random.nextDouble() < density) {
                deps.add(dep(source));
            }
        }
        boolean fails = random.nextInt(4) == 0;
        return new DrawnTask(
                id,
                kind,
                deps,
                random.nextInt(3) > 0 ? TriggerRule.NONE_FAILED : pick(TriggerRule.values()),
                random.nextInt(7) == 0,
                !fails ? 0 : random.nextInt(3) == 0 ? DrawnTask.ALWAYS : 1 + random.nextInt(2),
                random.nextBoolean(),
                random.nextInt(3) == 0 ? 255 : random.nextInt(256),
                kind.repeats() || random.nextInt(3) > 0 ? 1 : 1 + random.nextInt(3),
                random.nextInt(9) == 0 ? answer() : null,
                group,
                random.nextInt(4) == 0 ? -1 : random.nextInt(30),
                random.nextInt(30),
                delay(kind),
                pick(Hold.OnDeadline.values()),
                kind.repeats() ? body(kind, depth) : null);
    }

    private long delay(Kind kind) {
        return switch (kind) {
            case TIMER -> 1 + random.nextInt(3_000);
            case AGENT, PERSON -> random.nextInt(3) == 0 ? 1 + random.nextInt(2_000) : 0;
            case LOOP, MAP -> random.nextInt(5) == 0 ? 1 + random.nextInt(4_000) : 0;
            case CHILD -> random.nextInt(5) == 0 ? 1 + random.nextInt(4_000) : 0;
            case PLAIN, QUICK, PRICED, EXTERNAL -> 0;
        };
    }

    private DrawnBody body(Kind kind, int depth) {
        int size = kind == Kind.LOOP ? 1 + random.nextInt(3) : random.nextInt(4);
        return new DrawnBody(
                tasks(1 + random.nextInt(3), depth + 1),
                size,
                random.nextInt(3),
                1 + random.nextInt(3),
                random.nextInt(3) > 0);
    }

    private DrawnTask.Dep dep(DrawnTask source) {
        EdgeCase.Kind kind = random.nextInt(3) > 0 ? EdgeCase.Kind.PLAIN : pick(EdgeCase.Kind.values());
        boolean asks = kind == EdgeCase.Kind.PORT || kind == EdgeCase.Kind.CONDITION;
        if (asks && !source.kind().answersQuestions()) {
            kind = EdgeCase.Kind.LATE;
        }
        Answer answer = kind == EdgeCase.Kind.PORT ? Answer.of(random.nextBoolean()) : answer();
        return new DrawnTask.Dep(source.id(), kind, kind == EdgeCase.Kind.PLAIN ? Answer.YES : answer);
    }

    private Answer answer() {
        return switch (random.nextInt(5)) {
            case 0 -> Answer.failed("there is no such field");
            case 1, 2 -> Answer.NO;
            default -> Answer.YES;
        };
    }

    @SafeVarargs
    private <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }
}
