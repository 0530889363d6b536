package dev.ratchet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.testkit.Shapes;
import dev.ratchet.workflow.Carriage;
import io.temporal.api.enums.v1.EventType;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs whose history gets long go on as new executions, and nobody who reads them notices. */
class RenewalTest {
    private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

    @RegisterExtension
    static final EngineOfClass ENGINE = new EngineOfClass();

    @Test
    void shouldRenewAChainOfAThousand() throws Exception {
        ObjectNode document = Shapes.chain(1_000);
        document.putObject("policy").put("tasks_per_activity", 1);
        RunHandle run = ENGINE.api().submit(document);
        Follower reader = Follower.of(run);

        RunAnswer end = run.ended().completed();

        reader.saw(end);
        Order.of(document, end).isTopological().isNoWiderThan(1);
        Executions executions = Executions.of(run, ENGINE.temporal());
        assertThat(executions.size()).isGreaterThan(1);
        assertThat(executions.count(EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED))
                .isEqualTo(1_000);
    }

    /** The first half makes a history long, the second is parked and backing off when it is renewed. */
    @Test
    void shouldKeepTimersAndDelaysOverARenewal() throws Exception {
        int delay = 12_000;
        Doc document = new Doc()
                .policy("max_parallelism", 100)
                .policy("scheduling", "dataflow")
                .policy("tasks_per_activity", 1);
        String before = layers(document, "a", 8, null);
        document.task("wait", List.of(before)).put("type", "wait").put("duration_ms", delay);
        document.function("flaky", "fail", JsonNodeFactory.instance.objectNode().put("until_attempt", 1), before);
        ((ObjectNode) document.json()
                        .path("tasks")
                        .get(document.json().path("tasks").size() - 1))
                .putObject("retry")
                .put("max_attempts", 2)
                .put("initial_interval_ms", delay);
        String after = layers(document, "b", 4, before);
        document.function("end", "noop", NOTHING, "wait", "flaky", after);
        RunHandle run = ENGINE.api().submit(document.json());
        Follower reader = Follower.of(run);

        RunAnswer parked = run.when(answer -> answer.state(after).equals("completed"));
        RunAnswer end = run.ended().completed();

        assertThat(parked.task("wait").path("waiting_for").asText()).isEqualTo("timer");
        assertThat(parked.task("flaky").path("waiting_for").asText()).isEqualTo("retry");
        reader.saw(end);
        long parkedAt = end.startedAt("wait");
        Executions executions = Executions.of(run, ENGINE.temporal());
        assertThat(executions.renewals()).anySatisfy(at -> assertThat(at).isBetween(parkedAt, parkedAt + delay));
        assertThat(executions.carried()).allSatisfy(bytes -> assertThat(bytes).isLessThan(Carriage.MAX_INLINE));
        assertThat(end.endedAt("wait") - parkedAt).isBetween((long) delay, delay + 5_000L);
        assertThat(run.attempts("flaky")).hasSize(2);
        assertThat(run.attempts("flaky").get(1).path("started_at").asLong()
                        - run.attempts("flaky").get(0).path("ended_at").asLong())
                .isBetween((long) delay, delay + 5_000L);
        Order.of(document.json(), end).isTopological();
    }

    /** Layers of a hundred with a join behind each: nothing is in flight when a join has ended. Returns the last join. */
    private static String layers(Doc document, String name, int count, String after) {
        String source = after;
        for (int layer = 0; layer < count; layer++) {
            String prefix = name + layer + "-";
            List<String> deps = source == null ? List.of() : List.of(source);
            List<String> ids = IntStream.range(0, 100).mapToObj(i -> prefix + i).toList();
            ids.forEach(id -> document.function(id, "noop", NOTHING, deps));
            source = prefix + "join";
            document.function(source, "noop", NOTHING, ids);
        }
        return source;
    }
}
