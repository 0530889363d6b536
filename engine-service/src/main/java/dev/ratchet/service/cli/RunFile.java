package dev.ratchet.service.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ratchet.document.Json;
import dev.ratchet.document.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** Run documents in files. */
final class RunFile {
    private RunFile() {}

    /** @param file {@code -} for standard input */
    static byte[] read(Path file) {
        try {
            return file.toString().equals("-") ? System.in.readAllBytes() : Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new CommandException(
                    ExitStatus.REFUSED, "Expected to read %s, but cannot: %s".formatted(file, unreadable), unreadable);
        }
    }

    /** The file as JSON; what is none is refused with the place. */
    static JsonNode parse(Path file) {
        return switch (StrictJson.parse(read(file))) {
            case StrictJson.Parsed.Tree(JsonNode json) -> json;
            case StrictJson.Parsed.Refused refused ->
                throw new CommandException(
                        ExitStatus.REFUSED,
                        refused.problems().stream()
                                .map(problem -> file + ": " + problem.message())
                                .collect(Collectors.joining("\n")));
        };
    }

    /** The file with values put into its input; a value is JSON where it can be read so, else text. */
    static byte[] withInput(Path file, Map<String, String> values) {
        if (values.isEmpty()) {
            return read(file);
        }
        JsonNode document = parse(file);
        if (document instanceof ObjectNode object) {
            ObjectNode input = object.withObjectProperty("input");
            values.forEach((name, value) -> input.set(name, value(value)));
        }
        return Json.write(document).getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode value(String text) {
        try {
            JsonNode json = Json.mapper().readTree(text);
            return json == null || json.isMissingNode() ? TextNode.valueOf(text) : json;
        } catch (JsonProcessingException plain) {
            return TextNode.valueOf(text);
        }
    }
}
