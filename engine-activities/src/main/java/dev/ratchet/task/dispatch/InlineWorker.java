package dev.ratchet.task.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.document.Weight;
import dev.ratchet.run.InlineAnswer;
import dev.ratchet.run.InlineJob;
import dev.ratchet.run.Source;
import dev.ratchet.run.TaskRecord;
import dev.ratchet.run.Value;
import dev.ratchet.workflow.InlineActivity;
import dev.ratchet.workflow.InlineRequest;
import dev.ratchet.workflow.InlineResult;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Does short work beside the decider: conditions, preparations, inline tasks. One instance serves all local activities of a
 * worker. Thread-safe.
 */
public final class InlineWorker implements InlineActivity {
    private final Toolbox tools;
    private final InlineJobs jobs;

    public InlineWorker(Toolbox tools) {
        this.tools = tools;
        this.jobs = new InlineJobs(tools);
    }

    @Override
    public InlineResult inline(InlineRequest request) {
        Map<String, Source> sources = new TreeMap<>(request.sources());
        Scene scene = new Scene(request.run(), sources, tools.values());
        long began = System.nanoTime();
        long until = began + TimeUnit.MILLISECONDS.toNanos(InlineJobs.TOTAL_MS);
        InlineJobs.Allowances allowances =
                new InlineJobs.Allowances(request.inlineAllowance(), request.preparedAllowance());
        Function<InlineJob, InlineAnswer> hands = job -> jobs.answer(job, scene, allowances, until);
        List<InlineAnswer> answers = request.jobs().stream().map(hands).toList();
        List<InlineAnswer.Executed> ahead =
                new GoingOn(sources, hands, request.inlineAllowance(), began).after(answers.getLast(), request.ahead());
        return travelling(new InlineResult(answers, ahead));
    }

    /** The same as one blob when it is more than a workflow task has room for. */
    private InlineResult travelling(InlineResult result) {
        long weight = Weight.of(result);
        return weight <= InlineResult.MOST_BYTES
                ? result.weighing(weight)
                : InlineResult.storedAs(tools.blobs().putJson(Json.tree(result)).ref());
    }

    @Override
    public String seal(List<TaskRecord> page) {
        return tools.blobs().putJson(Json.tree(page)).ref();
    }

    @Override
    public Value.Stored carry(JsonNode load) {
        return tools.blobs().putJson(load);
    }
}
