package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The states of a task (contract, part 5). */
public enum TaskStatus {
    @JsonProperty("pending")
    PENDING(false),
    @JsonProperty("running")
    RUNNING(false),
    @JsonProperty("waiting")
    WAITING(false),
    @JsonProperty("completed")
    COMPLETED(true),
    @JsonProperty("failed")
    FAILED(true),
    @JsonProperty("skipped")
    SKIPPED(true),
    @JsonProperty("cancelled")
    CANCELLED(true);

    private final boolean settled;

    TaskStatus(boolean settled) {
        this.settled = settled;
    }

    public boolean isSettled() {
        return settled;
    }

    public String wire() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
