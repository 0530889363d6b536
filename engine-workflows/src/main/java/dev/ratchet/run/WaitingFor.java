package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a task waits (contract, part 5). */
public enum WaitingFor {
    @JsonProperty("decision")
    DECISION,
    @JsonProperty("budget")
    BUDGET,
    @JsonProperty("retry")
    RETRY,
    @JsonProperty("timer")
    TIMER,
    @JsonProperty("person")
    PERSON,
    @JsonProperty("agent")
    AGENT,
    @JsonProperty("child")
    CHILD,
    /** It was handed to a queue that no worker looks at. */
    @JsonProperty("worker")
    WORKER
}
