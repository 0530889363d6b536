package dev.ratchet.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A command that asks a run for something, and may say who asks and why. */
abstract class SignedCommand extends ControlCommand {
    @Option(names = "--by", paramLabel = "NAME", description = "Who asks.")
    private @Nullable String by;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why.")
    private @Nullable String reason;

    @Override
    @Nullable
    JsonNode body() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (by != null) {
            body.put("by", by);
        }
        if (reason != null) {
            body.put("reason", reason);
        }
        return body.isEmpty() ? null : body;
    }
}
