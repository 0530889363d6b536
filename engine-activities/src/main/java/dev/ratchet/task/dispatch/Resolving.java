package dev.ratchet.task.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.expression.Bindings;
import dev.ratchet.expression.Templates;
import dev.ratchet.plan.TaskType;
import dev.ratchet.run.Attempt;
import dev.ratchet.task.schema.SchemaCheck;
import dev.ratchet.task.spi.TaskExecutor;
import dev.ratchet.task.spi.TaskFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes what an executor reads of what the author wrote: templates to values, other tasks' outputs into the input. */
record Resolving(Scene scene, Attempt attempt, TaskExecutor executor, SecretAccess secrets) {
    /** The names of the task's own expressions, {@code args} among them. */
    Bindings bindings(Supplier<JsonNode> input) {
        return names(input).build();
    }

    /** The input: written, resolved, fed, and checked against the schema for it. */
    JsonNode input() {
        JsonNode written = attempt.task().input();
        Bindings withoutArgs = names(() -> {
                    throw new Failures.Carried(TaskFailure.permanent(
                            ErrorCode.EXECUTION_FAILED, "Expected an input that does not read args, but it does"));
                })
                .build();
        JsonNode resolved =
                written == null ? JsonNodeFactory.instance.objectNode() : Templates.resolve(written, withoutArgs);
        try {
            JsonNode fed =
                    Inputs.fed(resolved, attempt.feeds(), scene, attempt.key().scope());
            check("input", inputSchema(), fed);
            return fed;
        } catch (TaskFailure e) {
            throw new Failures.Carried(e);
        }
    }

    private @Nullable JsonNode inputSchema() {
        JsonNode config = attempt.task().config();
        JsonNode own = config == null ? null : executor.inspector().inputSchema(config);
        return own == null ? executor.type().inputSchema() : own;
    }

    /** The type's own fields; what a template made of them must satisfy their schema as what was written did. */
    JsonNode config(Bindings bindings, Supplier<JsonNode> input) {
        JsonNode written = attempt.task().config();
        if (!(written instanceof ObjectNode object)) {
            return JsonNodeFactory.instance.objectNode();
        }
        JsonNode resolved = fields(object, bindings, input);
        try {
            if (!resolved.equals(written)) {
                check("configuration", executor.type().configSchema(), resolved);
            }
            return resolved;
        } catch (TaskFailure e) {
            throw new Failures.Carried(e);
        }
    }

    private JsonNode fields(ObjectNode written, Bindings bindings, Supplier<JsonNode> input) {
        TaskType type = executor.type();
        Bindings withSecrets = type.secretFields().isEmpty()
                ? bindings
                : names(input).secrets(secrets::bound).build();
        ObjectNode resolved = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : written.properties()) {
            String name = field.getKey();
            boolean asWritten = type.verbatimFields().contains(name)
                    || type.expressionFields().contains(name);
            Bindings names = type.secretFields().contains(name) ? withSecrets : bindings;
            resolved.set(name, asWritten ? field.getValue() : Templates.resolve(field.getValue(), names));
        }
        return resolved;
    }

    /** Texts that stay texts: a value of another type is written as JSON, as inside of a longer text. */
    static List<String> texts(List<String> written, Bindings bindings) {
        ArrayNode tree = JsonNodeFactory.instance.arrayNode(written.size());
        written.forEach(tree::add);
        JsonNode resolved = Templates.resolve(tree, bindings);
        if (resolved == tree) {
            return written;
        }
        List<String> texts = new ArrayList<>(written.size());
        resolved.forEach(text -> texts.add(text.isTextual() ? text.textValue() : text.toString()));
        return List.copyOf(texts);
    }

    private Bindings.Builder names(Supplier<JsonNode> args) {
        return Reading.bindings(scene, attempt.key().scope(), attempt.task().reads(), args);
    }

    private void check(String what, @Nullable JsonNode schema, JsonNode value) throws TaskFailure {
        String complaint = schema == null ? null : SchemaCheck.complaint(schema, value);
        if (complaint != null) {
            throw TaskFailure.permanent(
                    ErrorCode.INVALID_INPUT,
                    "Expected the " + what + " of " + attempt.key() + " to satisfy its schema, but " + complaint);
        }
    }
}
