package dev.ratchet.service.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a run that is carried out again may have of its own. */
final class RerunOptions {
    @Option(names = "--id", paramLabel = "ID", description = "Id of the new run.")
    private @Nullable String id;

    @Option(names = "--input", paramLabel = "FILE", description = "The new run's input (JSON); - for standard input.")
    private @Nullable Path input;

    @Option(
            names = "--from",
            paramLabel = "TASK",
            split = ",",
            description = "Tasks to carry out again, with all that depends on them; may be repeated.")
    private List<String> from = new ArrayList<>();

    /**
     * What is sent; absent for nothing.
     *
     * @param signed who asks and why; absent when nobody says
     */
    @Nullable
    JsonNode body(@Nullable JsonNode signed) {
        ObjectNode body = signed == null ? JsonNodeFactory.instance.objectNode() : signed.deepCopy();
        if (id != null) {
            body.put("id", id);
        }
        if (input != null) {
            body.set("input", RunFile.parse(input));
        }
        if (!from.isEmpty()) {
            from.forEach(body.putArray("from")::add);
        }
        return body.isEmpty() ? null : body;
    }

    static String told(JsonNode run) {
        return "run " + run.path("id").asText() + " is " + run.path("rerun_of").asText() + " again";
    }
}
