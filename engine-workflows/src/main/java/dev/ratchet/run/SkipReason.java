package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a task was skipped (contract, part 4). */
public enum SkipReason {
    @JsonProperty("upstream_failure")
    UPSTREAM_FAILURE,
    @JsonProperty("condition")
    CONDITION,
    @JsonProperty("rule_not_met")
    RULE_NOT_MET,
    @JsonProperty("run_failed")
    RUN_FAILED,
    @JsonProperty("run_aborted")
    RUN_ABORTED,
    @JsonProperty("run_timed_out")
    RUN_TIMED_OUT,
    @JsonProperty("budget")
    BUDGET,
    /** Somebody asked for it. */
    @JsonProperty("requested")
    REQUESTED
}
