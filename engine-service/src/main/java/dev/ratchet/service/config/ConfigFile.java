package dev.ratchet.service.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.ratchet.document.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The YAML file as it stands, after every key in it was found to be known. */
final class ConfigFile {
    static final YAMLMapper YAML = Numbers.exact(YAMLMapper.builder())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final String name;
    private final Path folder;
    private final JsonNode root;

    private ConfigFile(String name, Path folder, JsonNode root) {
        this.name = name;
        this.folder = folder;
        this.root = root;
    }

    static ConfigFile none() {
        return new ConfigFile("no file", Path.of(""), MissingNode.getInstance());
    }

    static ConfigFile read(Path file) {
        try {
            JsonNode root = YAML.readTree(Files.readString(file));
            ConfigFile read =
                    new ConfigFile(file.toString(), file.toAbsolutePath().resolveSibling(""), root);
            if (!root.isMissingNode() && !root.isNull()) {
                read.checkKeys(root, "");
            }
            return read;
        } catch (JsonProcessingException malformed) {
            throw new ConfigException(
                    "Expected %s to be YAML, but %s".formatted(file, malformed.getOriginalMessage()), malformed);
        } catch (IOException unreadable) {
            throw new ConfigException(
                    "Expected to read configuration %s, but %s".formatted(file, unreadable), unreadable);
        }
    }

    String name() {
        return name;
    }

    /** What paths in the file are relative to. */
    Path folder() {
        return folder;
    }

    JsonNode at(ConfigKey key) {
        return root.at("/" + key.path().replace('.', '/'));
    }

    private void checkKeys(JsonNode node, String path) {
        if (!node.isObject()) {
            throw new ConfigException("Expected %s in %s to hold keys, but it is %s"
                    .formatted(path.isEmpty() ? "the top level" : "'" + path + "'", name, kindOf(node)));
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            String child = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
            if (ConfigKey.at(child).isPresent()) {
                continue;
            }
            if (ConfigKey.all().stream().noneMatch(key -> key.path().startsWith(child + "."))) {
                throw new ConfigException("Expected only known keys in %s, but '%s' is none; known there: %s"
                        .formatted(name, child, String.join(", ", knownBelow(path))));
            }
            checkKeys(entry.getValue(), child);
        }
    }

    private static Iterable<String> knownBelow(String path) {
        String prefix = path.isEmpty() ? "" : path + ".";
        return ConfigKey.all().stream()
                .map(ConfigKey::path)
                .filter(known -> known.startsWith(prefix))
                .map(known -> known.substring(prefix.length()).replaceAll("\\..*", ""))
                .distinct()
                .sorted()
                .toList();
    }

    static String kindOf(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT, POJO -> "an object";
            case STRING, BINARY -> "text";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL, MISSING -> "empty";
        };
    }
}
