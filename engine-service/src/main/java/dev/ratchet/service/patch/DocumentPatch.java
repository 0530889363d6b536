package dev.ratchet.service.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Pointers;
import dev.ratchet.document.Problem;
import dev.ratchet.service.problem.ProblemCode;
import dev.ratchet.service.problem.ProblemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Patch (RFC 6902) of the graph of a run document: {@code add}, {@code remove}, {@code replace} and {@code test} on
 * whatever stands under {@code /tasks}, or {@code /nodes} and {@code /edges}. Immutable.
 */
public final class DocumentPatch {
    private static final Set<String> MEMBERS = Set.of("op", "path", "value");

    private final JsonNode sent;
    private final String at;
    private final List<Operation> operations;

    /** @param at where the operations, or what they were made of, stand in the body */
    DocumentPatch(JsonNode sent, String at, List<Operation> operations) {
        this.sent = sent;
        this.at = at;
        this.operations = List.copyOf(operations);
    }

    /**
     * Reads a patch.
     *
     * @param array the operations
     * @param at where they stand in the body
     * @param most how many there may be
     * @throws ProblemException naming all that is wrong with its form
     */
    public static DocumentPatch read(@Nullable JsonNode array, String at, int most) {
        if (!(array instanceof ArrayNode)) {
            throw ProblemException.invalid(at, "Expected the operations to be an array, but they are not");
        }
        if (array.isEmpty() || array.size() > most) {
            throw ProblemException.of(List.of(new Problem(
                    at,
                    array.isEmpty() ? ProblemCode.PATCH_INVALID.wire() : ProblemCode.LIMIT_EXCEEDED.wire(),
                    "Expected 1 to " + most + " operations, but there are " + array.size())));
        }
        List<Problem> problems = new ArrayList<>();
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            Operation operation = operation(array.get(i), Pointers.element(at, i), problems);
            if (operation != null) {
                operations.add(operation);
            }
        }
        if (!problems.isEmpty()) {
            throw ProblemException.of(problems);
        }
        return new DocumentPatch(array, at, operations);
    }

    /** The operations as they were sent. */
    public JsonNode sent() {
        return sent;
    }

    /** A document after a patch, and where its parts come from. */
    public record Patched(ObjectNode document, Origins origins) {}

    /**
     * The document after all operations, in order.
     *
     * @param document left as it is
     * @throws ProblemException when one of them cannot be carried out: then none is
     */
    public Patched apply(ObjectNode document) {
        Origins origins = Origins.within(at);
        ObjectNode patched = document.deepCopy();
        boolean nodes = GraphParts.isNodes(patched);
        Set<String> roots = nodes ? Set.of("nodes", "edges") : Set.of("tasks");
        if (nodes && !patched.has("edges")) {
            patched.putArray("edges");
        }
        for (Operation operation : operations) {
            if (!roots.contains(operation.path().getFirst())) {
                throw invalid(
                        operation,
                        "Expected a path under /"
                                + String.join(" or /", roots.stream().sorted().toList())
                                + ", as the document was submitted, but it is elsewhere");
            }
            new Step(operation, patched, origins).carryOut();
        }
        return new Patched(patched, origins);
    }

    private static @Nullable Operation operation(JsonNode json, String at, List<Problem> problems) {
        if (!(json instanceof ObjectNode object)) {
            problems.add(problem(at, "Expected an operation to be an object, but it is not"));
            return null;
        }
        object.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) {
                problems.add(
                        problem(at, "Expected only op, path and value in an operation, but there is another field"));
            }
        });
        Operation.Kind kind = kind(object.path("op").asText());
        List<String> path = path(object.get("path"));
        if (kind == null) {
            problems.add(
                    problem(at + "/op", "Expected op to be add, remove, replace or test, but it is none of these"));
        }
        if (path == null) {
            problems.add(problem(at + "/path", "Expected path to be a JSON pointer into the document, but it is not"));
        }
        boolean takes = kind != null && kind != Operation.Kind.REMOVE;
        if (takes && !object.has("value")) {
            problems.add(problem(at, "Expected a value, but there is none"));
        }
        return kind == null || path == null
                ? null
                : new Operation(at, kind, path, takes ? object.get("value") : null, Origin.at(at + "/value"));
    }

    private static Operation.@Nullable Kind kind(String text) {
        return Arrays.stream(Operation.Kind.values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable List<String> path(@Nullable JsonNode json) {
        if (json == null || !json.isTextual() || !json.textValue().startsWith("/")) {
            return null;
        }
        return Pointers.segments(json.textValue());
    }

    private static Problem problem(String pointer, String message) {
        return new Problem(pointer, ProblemCode.PATCH_INVALID.wire(), message);
    }

    static ProblemException invalid(Operation operation, String message) {
        return ProblemException.of(List.of(problem(operation.pointer(), message)));
    }
}
