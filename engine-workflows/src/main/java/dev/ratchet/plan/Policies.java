package dev.ratchet.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The closed choices of a run's policy and of a task (contract, parts 2 and 4). */
public final class Policies {
    private Policies() {}

    /** When a task runs, once everything it depends on is settled. */
    public enum TriggerRule {
        @JsonProperty("none_failed")
        NONE_FAILED,
        @JsonProperty("all_success")
        ALL_SUCCESS,
        @JsonProperty("any_success")
        ANY_SUCCESS,
        @JsonProperty("any_failed")
        ANY_FAILED,
        @JsonProperty("all_done")
        ALL_DONE
    }

    /** What a failed task means for the rest of the run. */
    public enum OnFailure {
        @JsonProperty("fail_fast")
        FAIL_FAST,
        @JsonProperty("finish_running")
        FINISH_RUNNING,
        @JsonProperty("skip_dependents")
        SKIP_DEPENDENTS
    }

    /** What happens to an attempt that would pass the budget. */
    public enum OnBudget {
        @JsonProperty("fail")
        FAIL,
        @JsonProperty("pause")
        PAUSE
    }

    /** What a condition that cannot be evaluated means. */
    public enum OnConditionError {
        @JsonProperty("fail")
        FAIL,
        @JsonProperty("fallback")
        FALLBACK
    }

    /** Whether ready tasks start together, wave by wave, or each as soon as its own upstream is settled. */
    public enum Scheduling {
        @JsonProperty("batch")
        BATCH,
        @JsonProperty("dataflow")
        DATAFLOW
    }

    /** What happens to the outputs that are routed into a prompt when they are too many or too long. */
    public enum ContextStrategy {
        @JsonProperty("none")
        NONE,
        /** The last {@code keep_last_n} of them, in dependency order. */
        @JsonProperty("keep_last_n")
        KEEP_LAST_N,
        /** The oldest are cut and left out first, until memory and outputs have {@code max_tokens}. */
        @JsonProperty("truncate")
        TRUNCATE,
        /** Each is cut to {@code truncate_to} tokens. */
        @JsonProperty("truncate_to")
        TRUNCATE_TO;

        /** The names that a document may use, in the order of the contract. */
        public static List<String> names() {
            return Arrays.stream(values()).map(ContextStrategy::wire).toList();
        }

        /** The name as users see it, such as {@code keep_last_n}. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How the engine carries out a task of a type. */
    public enum ExecutionMode {
        /** Pure and short: runs beside the decider, holds no slot. */
        @JsonProperty("inline")
        INLINE,
        /** Costs time: an attempt on a worker, holds a slot. */
        @JsonProperty("dispatched")
        DISPATCHED,
        /** Costs money too: prepared and estimated first, dispatched once its money is reserved. */
        @JsonProperty("prepared")
        PREPARED,
        /** Waits for time, a person or an agent: prepared first, then an entry in the state until it is due or answered. */
        @JsonProperty("parked")
        PARKED,
        /** Chooses among the tasks behind it, beside the decider; sees what the tasks before it returned. */
        @JsonProperty("routing")
        ROUTING,
        /** Repeats a body of tasks, each turn in a scope of its own; holds no slot itself. */
        @JsonProperty("composite")
        COMPOSITE,
        /** An activity of somebody else's worker: prepared here, carried out there, looked at here; holds a slot. */
        @JsonProperty("external")
        EXTERNAL,
        /** Another run: prepared and paid for first, then started and waited for; holds no slot. */
        @JsonProperty("child")
        CHILD;

        /** Whether each attempt is prepared anew, because what was prepared is used up by the one before. */
        public boolean isPreparedEachTime() {
            return this == PARKED || this == EXTERNAL || this == CHILD;
        }

        /** Whether another run carries it out. */
        public boolean isDelegated() {
            return this == CHILD;
        }

        /** Whether an attempt of it is on a worker of ours or of others, and counts against those side by side. */
        public boolean holdsSlot() {
            return !isInline() && this != CHILD && this != PARKED;
        }

        /** Whether tasks of it may travel in a group: what waits or repeats stays with the run. */
        public boolean travelsInGroups() {
            return this != PARKED && this != COMPOSITE && this != EXTERNAL && this != CHILD;
        }

        /** Whether it is carried out beside the decider. */
        public boolean isInline() {
            return this == INLINE || this == ROUTING;
        }
    }
}
