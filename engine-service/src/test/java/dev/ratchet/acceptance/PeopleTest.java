package dev.ratchet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tasks that wait for a person, from the question to what follows from the answer. */
class PeopleTest {
    @RegisterExtension
    static final EngineOfClass ENGINE = new EngineOfClass();

    private static RunHandle submit(String policy, String... tasks) {
        return ENGINE.api().submit(Doc.tasks(policy, tasks));
    }

    private static JsonNode decide(RunHandle run, String task, String decision, int status) {
        return ENGINE.api().post("/runs/" + run.id() + "/tasks/" + task + "/decision", decision, status);
    }

    @Test
    void shouldRouteByWhatAPersonSays() {
        ObjectNode document = Doc.tasks(
                "",
                "{id: 'ask', type: 'approval', question: 'Spend ${input.amount}?', assignees: ['ann', 'bob']}",
                "{id: 'pay', type: 'function', function: 'echo', input: {by: '${tasks.ask.output.by}'}, deps: [{task:"
                        + " 'ask', when: 'output.approved'}]}",
                "{id: 'tell', type: 'function', function: 'noop', deps: [{task: 'ask', when: '!output.approved'}]}");
        document.putObject("input").put("amount", 5);
        RunHandle run = ENGINE.api().submit(document);
        JsonNode asked = waiting(run, "ask");

        assertThat(asked.path("assignment").path("question").asText()).isEqualTo("Spend 5?");
        assertThat(asked.path("waiting_for").asText()).isEqualTo("person");
        assertThat(asked.path("assignment").path("assignees")).hasSize(2);
        assertThat(decide(run, "ask", "{\"approved\": true, \"by\": \"eve\"}", 400)
                        .at("/errors/0/pointer")
                        .asText())
                .isEqualTo("/by");
        assertThat(decide(run, "ask", "{\"choice\": \"x\", \"by\": \"ann\"}", 400)
                        .at("/errors/0/pointer")
                        .asText())
                .isEqualTo("/choice");
        JsonNode done = decide(run, "ask", "{\"approved\": true, \"by\": \"ann\", \"comment\": \"fine\"}", 200);

        assertThat(done.path("id").asText()).isEqualTo("ask");
        RunAnswer end = run.ended();
        JsonNode output = end.task("ask").path("output");
        assertThat(output.path("approved").asBoolean()).isTrue();
        assertThat(output.path("by").asText()).isEqualTo("ann");
        assertThat(output.path("comment").asText()).isEqualTo("fine");
        assertThat(output.path("at").isIntegralNumber()).isTrue();
        assertThat(end.task("pay").path("output").path("by").asText()).isEqualTo("ann");
        assertThat(end.state("tell")).isEqualTo("skipped");
        assertThat(end.state()).isEqualTo("completed");
    }

    @Test
    void shouldNeverMixUpApprovalsThatWaitSideBySide() {
        List<String> ids = IntStream.range(0, 20).mapToObj(i -> "ask-" + i).toList();
        RunHandle run = submit(
                "",
                ids.stream()
                        .map(id -> "{id: '%s', type: 'approval', question: 'Which?', choices: ['a', 'b', 'c']}"
                                .formatted(id))
                        .toArray(String[]::new));
        run.when(now -> ids.stream().allMatch(id -> now.state(id).equals("waiting")));

        ids.parallelStream()
                .forEach(id -> decide(run, id, "{\"choice\": \"" + choice(id) + "\", \"by\": \"" + id + "\"}", 200));

        RunAnswer end = run.ended().completed();
        assertThat(ids).allSatisfy(id -> {
            assertThat(end.task(id).path("output").path("choice").asText()).isEqualTo(choice(id));
            assertThat(end.task(id).path("output").path("by").asText()).isEqualTo(id);
        });
    }

    private static String choice(String id) {
        return List.of("a", "b", "c").get(Integer.parseInt(id.substring(4)) % 3);
    }

    @Test
    void shouldTakeTheSameDecisionAgainAndNoOther() {
        RunHandle run = submit(
                "",
                "{id: 'ask', type: 'approval', question: 'Go?'}",
                "{id: 'also', type: 'approval', question: 'And now?'}");
        waiting(run, "ask");

        decide(run, "ask", "{\"approved\": false}", 200);
        decide(run, "ask", "{\"approved\": false}", 200);
        assertThat(decide(run, "ask", "{\"approved\": true}", 409).path("code").asText())
                .isEqualTo("task_not_waiting");
        decide(run, "also", "{\"approved\": true}", 200);

        RunAnswer end = run.ended().completed();
        assertThat(end.task("ask").path("output").path("approved").asBoolean(true))
                .isFalse();
        decide(run, "also", "{\"approved\": true}", 200);
        assertThat(decide(run, "also", "{\"approved\": false}", 409)
                        .path("code")
                        .asText())
                .isEqualTo("run_completed");
        assertThat(decide(run, "none", "{\"approved\": false}", 404)
                        .path("code")
                        .asText())
                .isEqualTo("task_not_found");
    }

    @Test
    void shouldKeepADecisionThatCameEarly() {
        RunHandle run = submit(
                "",
                "{id: 'first', type: 'wait', duration_ms: 3000}",
                "{id: 'ask', type: 'approval', question: 'Go?', form: {type: 'object', required: ['n']}, deps: ['first']}");
        run.when(now -> now.state("first").equals("waiting"));

        assertThat(decide(run, "ask", "{\"form\": {}}", 400)
                        .at("/errors/0/pointer")
                        .asText())
                .isEqualTo("/form");
        decide(run, "ask", "{\"form\": {\"n\": 1}}", 202);
        decide(run, "ask", "{\"form\": {\"n\": 1}}", 202);
        decide(run, "ask", "{\"form\": {\"n\": 2}}", 409);

        assertThat(run.ended().completed().task("ask").at("/output/form/n").asInt())
                .isEqualTo(1);
    }

    @Test
    void shouldDecideByDefaultWhenNobodyDoes() {
        RunHandle run = submit(
                "on_failure: 'skip_dependents'",
                "{id: 'yes', type: 'approval', question: 'Go?', deadline_ms: 200, on_deadline: 'default', default: true}",
                "{id: 'never', type: 'approval', question: 'Go?', deadline_ms: 200}",
                "{id: 'next', type: 'approval', question: 'Go?', assignees: ['ann'], deadline_ms: 200,"
                        + " on_deadline: 'escalate', escalate_to: 'boss'}");

        RunAnswer waiting = run.when(now -> now.task("next").path("escalated").asBoolean());
        decide(run, "next", "{\"approved\": true, \"by\": \"boss\"}", 200);

        RunAnswer end = run.ended();
        assertThat(waiting.task("next").has("due_at")).isFalse();
        assertThat(end.task("yes").path("output").path("by").asText()).isEqualTo("deadline");
        assertThat(end.task("never").at("/error/code").asText()).isEqualTo("deadline_expired");
        assertThat(end.task("next").path("output").path("by").asText()).isEqualTo("boss");
        assertThat(end.state()).isEqualTo("failed");
    }

    /** Each turn asks anew. */
    @Test
    void shouldAskInEachTurnOfALoop() {
        RunHandle run = submit(
                "",
                "{id: 'draft', type: 'loop', max_iterations: 5, until: 'output.approved', body: [{id: 'ask', type:"
                        + " 'approval', question: 'Turn ${iteration}?'}]}");

        assertThat(waiting(run, "draft[0].ask").at("/assignment/question").asText())
                .isEqualTo("Turn 0?");
        decide(run, "draft%5B0%5D.ask", "{\"approved\": false}", 200);
        assertThat(waiting(run, "draft[1].ask").at("/assignment/node_id").asText())
                .isEqualTo("draft[1].ask");
        decide(run, "draft%5B0%5D.ask", "{\"approved\": true}", 409);
        decide(run, "draft%5B1%5D.ask", "{\"approved\": true, \"by\": \"ann\"}", 200);

        assertThat(run.ended().completed().task("draft").at("/output/by").asText())
                .isEqualTo("ann");
    }

    private static JsonNode waiting(RunHandle run, String task) {
        return run.when(now ->
                        now.task(task).has("waiting_for") && now.task(task).has("assignment"))
                .task(task);
    }
}
