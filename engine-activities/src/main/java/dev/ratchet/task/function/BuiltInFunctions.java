package dev.ratchet.task.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Json;
import dev.ratchet.run.TaskError;
import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskFailure;
import dev.ratchet.task.spi.TaskFunction;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The functions every worker offers, for first steps and tests (contract, part 3). */
final class BuiltInFunctions {
    private static final Set<ErrorCode> TRANSIENT =
            EnumSet.of(ErrorCode.EXECUTION_FAILED, ErrorCode.TIMEOUT, ErrorCode.INVALID_RESULT);

    private BuiltInFunctions() {}

    static List<TaskFunction> all() {
        return List.of(new Noop(), new Echo(), new Sleep(), new Fail());
    }

    /** Does nothing and returns an empty object. */
    record Noop() implements TaskFunction {
        @Override
        public String name() {
            return "noop";
        }

        @Override
        public boolean quick() {
            return true;
        }

        @Override
        public JsonNode call(TaskContext context) {
            return Json.mapper().createObjectNode();
        }
    }

    /** Returns its input. */
    record Echo() implements TaskFunction {
        @Override
        public String name() {
            return "echo";
        }

        @Override
        public boolean quick() {
            return true;
        }

        @Override
        public JsonNode call(TaskContext context) {
            return context.input();
        }
    }

    /** Lets {@code ms} milliseconds pass, at most a day, and returns an empty object. */
    record Sleep() implements TaskFunction {
        private static final JsonNode SCHEMA = Json.read("""
                {"type": "object", "required": ["ms"],
                 "properties": {"ms": {"type": "integer", "minimum": 0, "maximum": 86400000}}}""", JsonNode.class);

        @Override
        public String name() {
            return "sleep";
        }

        @Override
        public JsonNode inputSchema() {
            return SCHEMA;
        }

        @Override
        public JsonNode call(TaskContext context) throws InterruptedException {
            CountDownLatch cancelled = new CountDownLatch(1);
            context.onCancel(cancelled::countDown);
            if (cancelled.await(context.input().path("ms").asLong(), TimeUnit.MILLISECONDS)) {
                throw new InterruptedException("cancelled");
            }
            return Json.mapper().createObjectNode();
        }
    }

    /**
     * Fails with {@code code} (default {@code execution_failed}) and {@code message}: always, or in the first {@code
     * until_attempt} attempts, that one included; later attempts return an empty object.
     */
    record Fail() implements TaskFunction {
        private static final JsonNode SCHEMA = Json.read("""
                {"type": "object",
                 "properties": {
                   "code": {"enum": [%s]},
                   "message": {"type": "string"},
                   "until_attempt": {"type": "integer", "minimum": 0}}}""".formatted(taskCodes()), JsonNode.class);

        @Override
        public String name() {
            return "fail";
        }

        @Override
        public boolean quick() {
            return true;
        }

        @Override
        public JsonNode inputSchema() {
            return SCHEMA;
        }

        @Override
        public JsonNode call(TaskContext context) throws TaskFailure {
            JsonNode input = context.input();
            JsonNode until = input.path("until_attempt");
            if (until.isNumber() && context.attempt() > until.asLong()) {
                return Json.mapper().createObjectNode();
            }
            String wire = input.path("code").asText(ErrorCode.EXECUTION_FAILED.wire());
            ErrorCode code = ErrorCode.valueOf(wire.toUpperCase(Locale.ROOT));
            String message = input.path("message").asText("Expected to succeed, but was told to fail");
            throw TaskFailure.of(TaskError.of(code, message), TRANSIENT.contains(code));
        }

        /** The codes that a task can have; those of documents come after them. */
        private static String taskCodes() {
            StringBuilder codes = new StringBuilder();
            for (ErrorCode code : EnumSet.range(ErrorCode.TASK_NOT_FOUND, ErrorCode.WORKER_LOST)) {
                codes.append(codes.isEmpty() ? "" : ", ")
                        .append('"')
                        .append(code.wire())
                        .append('"');
            }
            return codes.toString();
        }
    }
}
