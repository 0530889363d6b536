package dev.ratchet.task.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Policies;
import dev.ratchet.plan.TaskType;
import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskExecutor;
import dev.ratchet.task.spi.TaskFailure;
import dev.ratchet.task.spi.TaskFunction;
import dev.ratchet.task.spi.TaskResult;
import java.util.List;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls Java code on the worker's class path by the name a task gives. Thread-safe. */
public final class FunctionExecutor implements TaskExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(FunctionExecutor.class);
    private static final TaskType TYPE = TaskType.of(
            "function",
            Policies.ExecutionMode.DISPATCHED,
            "Java code on the worker's class path, found by name",
            Json.read("""
                    {"type": "object", "additionalProperties": false,
                     "properties": {
                       "function": {"type": "string", "minLength": 1, "maxLength": 256},
                       "handler": {"type": "string", "minLength": 1, "maxLength": 256}}}""", JsonNode.class));

    private final FunctionRegistry functions;

    /** Offers the built-in functions and these. */
    public FunctionExecutor(List<TaskFunction> plugIns) {
        this.functions = new FunctionRegistry(BuiltInFunctions.all(), plugIns);
    }

    /** Offers the built-in functions and those of the class path. */
    public static FunctionExecutor withPlugIns() {
        return new FunctionExecutor(ServiceLoader.load(TaskFunction.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    @Override
    public TaskType type() {
        return TYPE;
    }

    @Override
    public TaskType.Inspector inspector() {
        return new FunctionInspector(functions);
    }

    @Override
    public TaskResult execute(TaskContext context) throws TaskFailure, InterruptedException {
        JsonNode config = context.config();
        String name = config.has("function")
                ? config.path("function").asText()
                : config.path("handler").asText();
        OfferedFunction function = functions.find(name);
        if (function == null) {
            throw TaskFailure.permanent(ErrorCode.INVALID_INPUT, functions.unknown(name));
        }
        function.check(context.input());
        return TaskResult.of(call(function.function(), context));
    }

    @SuppressWarnings("ConstantValue") // a plug-in may return null whatever the interface says
    private static JsonNode call(TaskFunction function, TaskContext context) throws TaskFailure, InterruptedException {
        try {
            JsonNode output = function.call(context);
            if (output == null) {
                throw TaskFailure.permanent(
                        ErrorCode.INVALID_RESULT,
                        "Expected function '" + function.name() + "' to return a value, but it returned nothing");
            }
            return output;
        } catch (TaskFailure | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            // Neither message nor causes: they may hold a secret that only the dispatcher can mask.
            LOG.warn(
                    "function {} of task {} failed: {} at {}",
                    function.name(),
                    context.key(),
                    e.getClass().getName(),
                    e.getStackTrace().length > 0 ? e.getStackTrace()[0] : "unknown place");
            throw TaskFailure.retryable(
                    ErrorCode.EXECUTION_FAILED,
                    "Expected function '" + function.name() + "' to return a value, but it failed"
                            + ReadableCause.of(e));
        }
    }
}
