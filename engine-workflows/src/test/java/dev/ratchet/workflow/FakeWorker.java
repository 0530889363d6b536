package dev.ratchet.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.Plan;
import dev.ratchet.run.Answer;
import dev.ratchet.run.Attempt;
import dev.ratchet.run.InlineAnswer;
import dev.ratchet.run.InlineJob;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.Part;
import dev.ratchet.run.TaskError;
import dev.ratchet.run.TaskRecord;
import dev.ratchet.run.Value;
import dev.ratchet.run.WaitingFor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** A worker whose attempts end as a script says, at once. Tasks complete with an empty object unless it says otherwise. */
final class FakeWorker implements DispatchActivity, InlineActivity {
    private final Function<Attempt, Outcome.Result> script;
    final List<String> performed = Collections.synchronizedList(new ArrayList<>());
    final List<JsonNode> carried = Collections.synchronizedList(new ArrayList<>());
    final List<List<TaskRecord>> pages = Collections.synchronizedList(new ArrayList<>());

    FakeWorker(Function<Attempt, Outcome.Result> script) {
        this.script = script;
    }

    static Outcome.Result completed() {
        return new Outcome.Completed(Value.of(JsonNodeFactory.instance.objectNode()), List.of(), List.of());
    }

    static Outcome.Result completed(String output) {
        return new Outcome.Completed(Value.of(JsonNodeFactory.instance.textNode(output)), List.of(), List.of());
    }

    static Outcome.Result failed(ErrorCode code) {
        return new Outcome.Failed(TaskError.of(code, "Expected success, but this was scripted"), true, null);
    }

    @Override
    public DispatchResult dispatch(DispatchRequest request) {
        return new DispatchResult(request.attempts().stream().map(this::perform).toList(), List.of(), List.of());
    }

    @Override
    public void nextTurn() {
        performed.add("turn");
    }

    private Outcome perform(Attempt attempt) {
        performed.add(attempt.key() + "#" + attempt.attempt());
        return new Outcome(
                attempt.key(), attempt.attempt(), attempt.delivery(), 1, 2, script.apply(attempt), null, false);
    }

    @Override
    public InlineResult inline(InlineRequest request) {
        return new InlineResult(request.jobs().stream().map(this::answer).toList(), List.of());
    }

    private InlineAnswer answer(InlineJob job) {
        return switch (job) {
            case InlineJob.Decide decide -> new InlineAnswer.Decided(job.key(), List.of(), Answer.YES, List.of());
            case InlineJob.Prepare prepare ->
                new InlineAnswer.Parked(
                        job.key(),
                        WaitingFor.TIMER,
                        prepare.attempt().task().config().path("duration_ms").asLong(),
                        null);
            case InlineJob.Execute execute -> new InlineAnswer.Executed(perform(execute.attempt()));
            case InlineJob.Gather gather -> new InlineAnswer.Executed(perform(gather.attempt()));
            case InlineJob.Whole whole -> new InlineAnswer.Turned(whole.key(), 0, Part.NONE, null, List.of());
            case InlineJob.Turn turn ->
                new InlineAnswer.Turned(turn.key(), turn.number(), Part.NONE, Answer.NO, List.of());
        };
    }

    @Override
    public String seal(List<TaskRecord> page) {
        pages.add(page);
        return "page-" + pages.size();
    }

    @Override
    public Value.Stored carry(JsonNode state) {
        carried.add(state);
        return new Value.Stored("state-" + carried.size(), state.toString().length(), "application/json", null);
    }

    /** Where its runs find that plan, and what they carried. */
    PlanSource stored(Plan plan) {
        return new PlanSource() {
            @Override
            public Plan byHash(String hash) {
                return plan;
            }

            @Override
            public JsonNode carried(String ref) {
                return carried.get(Integer.parseInt(ref.substring("state-".length())) - 1);
            }
        };
    }
}
