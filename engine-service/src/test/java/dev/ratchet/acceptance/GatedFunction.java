package dev.ratchet.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskFunction;

/** Counts its calls and returns its input: at once, or when the {@code gate} that its input names is open. */
public final class GatedFunction implements TaskFunction {
    @Override
    public String name() {
        return "test_gate";
    }

    @Override
    public JsonNode call(TaskContext context) throws InterruptedException {
        Gates.count(context.idempotencyKey());
        JsonNode gate = context.input().path("gate");
        if (gate.isTextual()) {
            Gates.pass(gate.textValue());
        }
        return JsonNodeFactory.instance.objectNode().set("input", context.input());
    }
}
