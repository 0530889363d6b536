package dev.ratchet.service.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Documents;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Carries out one operation on a document that may be changed. */
final class Step {
    private static final String END = "-";

    private final Operation operation;
    private final Origins origins;
    private final JsonNode parent;
    private final String last;

    /** @param origins told of what is put where */
    Step(Operation operation, ObjectNode document, Origins origins) {
        List<String> path = operation.path();
        JsonNode place = document;
        for (String segment : path.subList(0, path.size() - 1)) {
            place = child(place, segment);
            if (place == null) {
                throw DocumentPatch.invalid(operation, "Expected a path that is there, but its parent is not");
            }
        }
        this.operation = operation;
        this.origins = origins;
        this.parent = place;
        this.last = path.getLast();
    }

    void carryOut() {
        switch (operation.kind()) {
            case ADD -> add(value());
            case REMOVE -> remove();
            case REPLACE -> replace(value());
            case TEST -> test(value());
        }
    }

    private void add(JsonNode value) {
        switch (parent) {
            case ObjectNode object -> {
                object.set(last, value.deepCopy());
                origins.put(operation.path(), operation);
            }
            case ArrayNode array -> {
                int index = last.equals(END) ? array.size() : index(last);
                if (index < 0 || index > array.size()) {
                    throw DocumentPatch.invalid(
                            operation, "Expected an index up to " + array.size() + " or -, but it is another");
                }
                array.insert(index, value.deepCopy());
                origins.insert(element(index), operation);
            }
            default ->
                throw DocumentPatch.invalid(operation, "Expected to add to an object or array, but it is neither");
        }
    }

    private void remove() {
        var ignored = present();
        if (operation.path().size() == 1) {
            ((ObjectNode) parent).putArray(last);
            origins.remove(operation.path(), operation);
        } else if (parent instanceof ObjectNode object) {
            object.remove(last);
            origins.remove(operation.path(), operation);
        } else {
            ((ArrayNode) parent).remove(index(last));
            origins.removeElement(operation.path(), operation);
        }
    }

    private void replace(JsonNode value) {
        var ignored = present();
        if (parent instanceof ObjectNode object) {
            object.set(last, value.deepCopy());
        } else {
            ((ArrayNode) parent).set(index(last), value.deepCopy());
        }
        origins.put(operation.path(), operation);
    }

    private List<String> element(int index) {
        List<String> place = new ArrayList<>(operation.path());
        place.set(place.size() - 1, Integer.toString(index));
        return place;
    }

    private void test(JsonNode value) {
        if (!Documents.hash(present()).equals(Documents.hash(value))) {
            throw DocumentPatch.invalid(operation, "Expected the document to have this value, but it has another");
        }
    }

    private JsonNode present() {
        JsonNode present = child(parent, last);
        if (present == null) {
            throw DocumentPatch.invalid(operation, "Expected a path that is there, but it is not");
        }
        return present;
    }

    private JsonNode value() {
        return Objects.requireNonNull(operation.value());
    }

    private static @Nullable JsonNode child(JsonNode parent, String segment) {
        return switch (parent) {
            case ObjectNode object -> object.get(segment);
            case ArrayNode array -> index(segment) < 0 ? null : array.get(index(segment));
            default -> null;
        };
    }

    /** Digits without leading zeros, as the RFC wants them; -1 for anything else. */
    private static int index(String segment) {
        boolean digits = !segment.isEmpty()
                && segment.length() <= 6
                && segment.chars().allMatch(c -> c >= '0' && c <= '9')
                && (segment.length() == 1 || segment.charAt(0) != '0');
        return digits ? Integer.parseInt(segment) : -1;
    }
}
