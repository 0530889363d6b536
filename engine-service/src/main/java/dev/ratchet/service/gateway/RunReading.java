package dev.ratchet.service.gateway;

import dev.ratchet.plan.Plan;
import dev.ratchet.run.RunRecord;
import dev.ratchet.run.RunStatus;
import dev.ratchet.run.TaskRecord;
import dev.ratchet.service.problem.ProblemCode;
import dev.ratchet.service.problem.ProblemException;
import dev.ratchet.workflow.Snapshot;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run as a reader learns it. */
public sealed interface RunReading {
    RunId run();

    boolean isTerminal();

    /** The stored values that could not be read, and which the reading is without. */
    List<Damage> problems();

    /**
     * What the run itself says.
     *
     * @throws ProblemException when only Temporal has told of it
     */
    Told told();

    /**
     * What the run itself says.
     *
     * @param tasks those that changed after the version asked for; a task of the plan that is missing is pending, unless
     *     only changes were asked for, or a page of tasks is among the problems
     * @param plan absent when it is among the problems
     */
    record Told(
            Snapshot.RunFacts facts,
            RunRecord record,
            List<TaskRecord> tasks,
            @Nullable Plan plan,
            List<Damage> problems)
            implements RunReading {
        public Told {
            tasks = List.copyOf(tasks);
            problems = List.copyOf(problems);
        }

        /** With nothing missing. */
        public Told(Snapshot.RunFacts facts, RunRecord record, List<TaskRecord> tasks, Plan plan) {
            this(facts, record, tasks, plan, List.of());
        }

        @Override
        public RunId run() {
            return new RunId(facts.organization(), facts.id());
        }

        @Override
        public boolean isTerminal() {
            return record.state().isTerminal();
        }

        @Override
        public Told told() {
            return this;
        }

        /** Whether a task that is not among the tasks is one that nothing has happened to. */
        public boolean knowsAllTasks() {
            return problems.stream().noneMatch(damage -> damage.kind() == Damage.Kind.TASKS);
        }

        /** @throws ProblemException when a page of tasks cannot be read: what is not known then is not nothing */
        public Told withAllTasks() {
            if (!knowsAllTasks()) {
                throw refusal(Damage.Kind.TASKS);
            }
            return this;
        }

        /** @throws ProblemException when the plan cannot be read */
        public Plan knownPlan() {
            if (plan == null) {
                throw refusal(Damage.Kind.PLAN);
            }
            return plan;
        }

        private ProblemException refusal(Damage.Kind kind) {
            return problems.stream()
                    .filter(damage -> damage.kind() == kind)
                    .findFirst()
                    .map(Damage::refusal)
                    .orElseThrow();
        }
    }

    /** What Temporal knows of a run for which no worker answers. Times in epoch milliseconds. */
    record Described(
            RunId run,
            RunStatus state,
            @Nullable Long createdAt,
            @Nullable Long startedAt,
            List<Damage> problems) implements RunReading {
        private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

        public Described {
            problems = List.copyOf(problems);
        }

        @Override
        public boolean isTerminal() {
            return state.isTerminal();
        }

        @Override
        public Told told() {
            throw refusal();
        }

        ProblemException refusal() {
            return problems.stream()
                    .findFirst()
                    .map(Damage::refusal)
                    .orElseGet(() -> ProblemException.passing(
                            ProblemCode.OVERLOADED,
                            "Expected a worker to tell about run " + run.id() + ", but none answers",
                            RETRY_AFTER,
                            null));
        }
    }
}
