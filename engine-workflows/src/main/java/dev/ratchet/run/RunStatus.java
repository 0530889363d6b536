package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The states of a run (contract, part 5). A terminal state never changes. */
public enum RunStatus {
    @JsonProperty("pending")
    PENDING(false),
    @JsonProperty("running")
    RUNNING(false),
    @JsonProperty("paused")
    PAUSED(false),
    @JsonProperty("aborting")
    ABORTING(false),
    @JsonProperty("completed")
    COMPLETED(true),
    @JsonProperty("failed")
    FAILED(true),
    @JsonProperty("aborted")
    ABORTED(true),
    @JsonProperty("exhausted")
    EXHAUSTED(true);

    private final boolean terminal;

    RunStatus(boolean terminal) {
        this.terminal = terminal;
    }

    public boolean isTerminal() {
        return terminal;
    }

    public String wire() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
