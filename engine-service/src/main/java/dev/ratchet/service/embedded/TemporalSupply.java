package dev.ratchet.service.embedded;

import dev.ratchet.service.config.Environment;
import java.util.Optional;

/** How a CLI could be had on a host that has none; asked by whoever explains rather than installs. */
public final class TemporalSupply {
    private TemporalSupply() {}

    /** Words for the way that {@link TemporalCli#obtain} would take; empty if none is open. Takes seconds at most. */
    public static Optional<String> outlook(Environment environment) {
        if (OfficialDownload.reachable()) {
            return Optional.of("from the official download");
        }
        return new GoBuild(environment, sentence -> {}).possible()
                ? Optional.of("by building it with Go, 1 to 3 minutes")
                : Optional.empty();
    }
}
