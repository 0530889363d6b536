package dev.ratchet.service.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Json;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Decides what an approval asks. */
@Command(
        name = "approve",
        description = "Approves or rejects what a task asks, or picks a choice, or fills in its form.",
        mixinStandardHelpOptions = true)
final class ApproveCommand implements Callable<Integer> {
    @Mixin
    private final RunOptions run = new RunOptions();

    @Parameters(index = "1", paramLabel = "TASK", description = "Id of the task.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String task;

    @Option(names = "--reject", description = "Reject rather than approve.")
    private boolean reject;

    @Option(names = "--choice", paramLabel = "CHOICE", description = "The choice, where the task has choices.")
    private @Nullable String choice;

    @Option(names = "--form", paramLabel = "JSON", description = "The form, filled in, where the task has one.")
    private @Nullable String form;

    @Option(names = "--comment", paramLabel = "TEXT", description = "What to say about it.")
    private @Nullable String comment;

    @Option(names = "--by", paramLabel = "NAME", description = "Who decides.")
    private @Nullable String by;

    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final CurlOption curl = new CurlOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        return new AnswerCall(spec.commandLine().getOut(), engine.client(), curl.isWanted(), output.isJson())
                .make(run.path("/tasks/" + RunOptions.encoded(task) + "/decision"), decision());
    }

    private ObjectNode decision() {
        ObjectNode decision = Json.mapper().createObjectNode();
        if (reject || (choice == null && form == null)) {
            decision.put("approved", !reject);
        }
        if (choice != null) {
            decision.put("choice", choice);
        }
        if (form != null) {
            decision.set("form", AnswerCall.read("--form", form));
        }
        if (comment != null) {
            decision.put("comment", comment);
        }
        return by == null ? decision : decision.put("by", by);
    }
}
