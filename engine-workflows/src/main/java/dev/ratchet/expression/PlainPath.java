package dev.ratchet.expression;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An expression that is a name followed by fields and constant indexes, {@code tasks['t0-1'].output.items[0]}: found without
 * CEL, a hundred times as fast to compile, and with every number as exact as it came in. Means the same as in CEL.
 *
 * @param name the first name, as it is spelled
 * @param root what it names
 * @param steps field names, and positions in lists
 */
record PlainPath(String name, Root root, List<Step> steps) {
    /** One step down. */
    sealed interface Step {
        /** The value of a field, written {@code .name} or {@code ['name']}. */
        record Field(String name) implements Step {}

        /** An element of a list. */
        record Position(int index) implements Step {}
    }

    /** Fails with {@code expression_invalid} where CEL's walk would. */
    Reads reads() {
        ReadCollector reads = new ReadCollector();
        List<String> names = new ArrayList<>();
        for (Step step : steps) {
            if (!(step instanceof Step.Field field)) {
                break;
            }
            names.add(field.name());
        }
        reads.read(name, names);
        return reads.reads();
    }

    /** The value; fails with {@code execution_failed} where a step leads nowhere. */
    JsonNode find(Bindings bindings) {
        JsonNode value;
        int from;
        switch (root) {
            case TASKS -> {
                value = present(task(bindings), 0, 1);
                from = 2;
            }
            case SECRETS -> {
                value = present(bindings.secret(field(0)), 0, 0);
                from = 1;
            }
            default -> {
                value = bindings.value(root);
                from = 0;
            }
        }
        if (value == null) {
            throw ExpressionException.failed("Expected '" + name + "' to have a value here, but it has none");
        }
        for (int i = from; i < steps.size(); i++) {
            value = below(value, steps.get(i));
        }
        return value;
    }

    private @Nullable JsonNode task(Bindings bindings) {
        Map<String, Lazy> fields = bindings.task(field(0));
        Lazy value = fields == null ? null : fields.get(field(1));
        return value == null ? null : value.get();
    }

    private String field(int at) {
        return ((Step.Field) steps.get(at)).name();
    }

    private JsonNode present(@Nullable JsonNode value, int first, int last) {
        if (value == null) {
            String fields = first == last ? field(first) : field(first) + "." + field(last);
            throw CelMessages.missingField(name + "." + fields);
        }
        return value;
    }

    private static JsonNode below(JsonNode value, Step step) {
        return switch (step) {
            case Step.Field field -> {
                JsonNode next = value.isObject() ? value.get(field.name()) : null;
                if (next == null) {
                    throw CelMessages.missingField(field.name());
                }
                yield next;
            }
            case Step.Position position -> {
                if (!value.isArray()) {
                    throw ExpressionException.failed(
                            "Expected a list before '[" + position.index() + "]', but it is none");
                }
                JsonNode next = value.get(position.index());
                if (next == null) {
                    throw ExpressionException.failed("Expected an index within the list, but it is outside of it");
                }
                yield next;
            }
        };
    }
}
