package dev.ratchet.service.gateway;

import dev.ratchet.plan.Plan;
import dev.ratchet.run.RunRecord;
import dev.ratchet.run.RunStatus;
import dev.ratchet.run.TaskRecord;
import dev.ratchet.workflow.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run as a reader learns it. */
public sealed interface RunReading {
    RunId run();

    boolean isTerminal();

    /**
     * What the run itself says.
     *
     * @param tasks those that changed after the version asked for; a task of the plan that is missing is pending, unless
     *     only changes were asked for
     */
    record Told(Snapshot.RunFacts facts, RunRecord record, List<TaskRecord> tasks, Plan plan) implements RunReading {
        public Told {
            tasks = List.copyOf(tasks);
        }

        @Override
        public RunId run() {
            return new RunId(facts.organization(), facts.id());
        }

        @Override
        public boolean isTerminal() {
            return record.state().isTerminal();
        }
    }

    /** What Temporal knows of a run for which no worker answers. Times in epoch milliseconds. */
    record Described(
            RunId run,
            RunStatus state,
            @Nullable Long createdAt,
            @Nullable Long startedAt) implements RunReading {
        @Override
        public boolean isTerminal() {
            return state.isTerminal();
        }
    }
}
