package dev.ratchet.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Carries an ended run out again, as a new run. */
@Command(name = "rerun", description = "Carries an ended run out again, as a new run.", mixinStandardHelpOptions = true)
final class RerunCommand extends SignedCommand {
    @Mixin
    private final RerunOptions again = new RerunOptions();

    @Override
    String below() {
        return "/rerun";
    }

    @Override
    @Nullable
    JsonNode body() {
        return again.body(super.body());
    }

    @Override
    String told(JsonNode answer) {
        return RerunOptions.told(answer);
    }
}
