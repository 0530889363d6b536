package dev.ratchet.service.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads single values: a variable beats the file, the file beats the standard value. */
final class ConfigReader {
    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\d{1,10}");
    private static final int LARGEST_PORT = 65_535;
    private final ConfigFile file;
    private final Environment environment;

    ConfigReader(ConfigFile file, Environment environment) {
        this.file = file;
        this.environment = environment;
    }

    Optional<String> text(ConfigKey key) {
        return fromVariable(key)
                .map(Found::text)
                .or(() -> inFile(key).map(node -> scalar(key, node)))
                .or(() -> Optional.of(key.standard()))
                .filter(text -> !text.isEmpty());
    }

    int port(ConfigKey key) {
        return number(key, 0, LARGEST_PORT);
    }

    int count(ConfigKey key) {
        return count(key, Integer.MAX_VALUE);
    }

    int count(ConfigKey key, int most) {
        return number(key, 1, most);
    }

    Optional<Path> path(ConfigKey key) {
        return fromVariable(key)
                .map(found -> Path.of(found.text()))
                .or(() -> inFile(key).map(node -> file.folder().resolve(home(scalar(key, node)))))
                .or(() -> Optional.of(key.standard())
                        .filter(text -> !text.isEmpty())
                        .map(Path::of));
    }

    List<String> list(ConfigKey key) {
        return fromVariable(key)
                .map(found -> Stream.of(found.text().split(","))
                        .map(String::strip)
                        .filter(item -> !item.isEmpty())
                        .toList())
                .or(() -> inFile(key).map(node -> items(key, node)))
                .orElse(List.of());
    }

    ObjectNode object(ConfigKey key) {
        Optional<Found> variable = fromVariable(key);
        if (variable.isPresent()) {
            return asObject(variable.get().name(), parse(variable.get()));
        }
        return inFile(key).map(node -> asObject(where(key), node)).orElseGet(JsonNodeFactory.instance::objectNode);
    }

    private int number(ConfigKey key, int least, int most) {
        Optional<Found> variable = fromVariable(key);
        String where = variable.map(Found::name).orElse(where(key));
        String text = text(key).orElse("");
        long value = WHOLE_NUMBER.matcher(text).matches() ? Long.parseLong(text) : -1;
        if (value < least || value > most) {
            throw new ConfigException("Expected %s to be a whole number from %d to %d, but it is '%s'"
                    .formatted(where, least, most, text));
        }
        return (int) value;
    }

    private String scalar(ConfigKey key, JsonNode node) {
        if (!node.isValueNode()) {
            throw expected(key, "one value", node);
        }
        return node.asText();
    }

    private List<String> items(ConfigKey key, JsonNode node) {
        if (!node.isArray()) {
            throw expected(key, "a list", node);
        }
        List<String> items = new ArrayList<>();
        node.forEach(item -> items.add(scalar(key, item)));
        return items;
    }

    private static ObjectNode asObject(String where, JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new ConfigException(
                "Expected %s to be an object, but it is %s".formatted(where, ConfigFile.kindOf(node)));
    }

    private static JsonNode parse(Found found) {
        try {
            return ConfigFile.YAML.readTree(found.text());
        } catch (JsonProcessingException malformed) {
            throw new ConfigException(
                    "Expected %s to be JSON, but %s".formatted(found.name(), malformed.getOriginalMessage()),
                    malformed);
        }
    }

    private String home(String path) {
        return path.startsWith("~/")
                ? environment.home().resolve(path.substring(2)).toString()
                : path;
    }

    private Optional<JsonNode> inFile(ConfigKey key) {
        return Optional.of(file.at(key)).filter(node -> !node.isMissingNode() && !node.isNull());
    }

    private Optional<Found> fromVariable(ConfigKey key) {
        return key.variables().stream()
                .flatMap(name -> environment.get(name).map(value -> new Found(name, value.strip())).stream())
                .findFirst();
    }

    private ConfigException expected(ConfigKey key, String what, JsonNode node) {
        return new ConfigException(
                "Expected %s to be %s, but it is %s".formatted(where(key), what, ConfigFile.kindOf(node)));
    }

    private String where(ConfigKey key) {
        return "'%s' in %s".formatted(key.path(), file.name());
    }

    /** A variable that is set. */
    private record Found(String name, String text) {}
}
