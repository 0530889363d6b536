package dev.ratchet.service.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Json;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Completes a task that waits for an agent. */
@Command(name = "complete", description = "Completes a task that waits for an agent.", mixinStandardHelpOptions = true)
final class CompleteCommand implements Callable<Integer> {
    @Mixin
    private final RunOptions run = new RunOptions();

    @Parameters(index = "1", paramLabel = "TASK", description = "Id of the task.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String task;

    @ArgGroup
    private @Nullable Given given;

    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Mixin
    private final CurlOption curl = new CurlOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        return new AnswerCall(spec.commandLine().getOut(), engine.client(), curl.isWanted(), false)
                .make(run.path("/tasks/" + RunOptions.encoded(task) + "/complete"), body());
    }

    private ObjectNode body() {
        ObjectNode body = Json.mapper().createObjectNode();
        if (given != null && given.json != null) {
            body.set("output", AnswerCall.read("--output", given.json));
        } else if (given != null && given.file != null) {
            body.set("output", RunFile.parse(given.file));
        }
        return body;
    }

    /** What the task's output is to be; an empty object without either. */
    private static final class Given {
        @Option(names = "--output", paramLabel = "JSON", description = "The output.")
        private @Nullable String json;

        @Option(names = "--file", paramLabel = "FILE", description = "File with the output; - for standard input.")
        private @Nullable Path file;
    }
}
