package dev.ratchet.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RestartTest {
    @RegisterExtension
    static final EngineOfClass ENGINE = new EngineOfClass();

    /** Three tasks are held while the engine is closed; what was done before is done, what comes after is done once. */
    @Test
    void shouldGoOnWhereItWasWhenTheEngineIsOpenedAgain() {
        Doc document = new Doc().policy("max_parallelism", 8);
        document.json().put("id", "restarted");
        List<String> before = ids("before");
        List<String> held = ids("held").subList(0, 3);
        List<String> after = ids("after");
        before.forEach(id -> gated(document, id, null, List.of()));
        held.forEach(id -> gated(document, id, "restart", before));
        document.task("timer", before).put("type", "wait").put("duration_ms", 8_000);
        after.forEach(id -> gated(document, id, null, held));
        RunHandle run = ENGINE.api().submit(document.json());
        run.when(now -> held.stream()
                        .allMatch(
                                id -> Gates.calls(run, id) == 1 && now.state(id).equals("running"))
                && now.state("timer").equals("waiting"));
        RunHandle ended = ENGINE.api().submit(Doc.tasks("", "{id: 'one', type: 'function', function: 'noop'}"));
        RunAnswer endedBefore = ended.ended().completed();
        RunAnswer seen = run.now();

        ENGINE.close();
        ENGINE.open();
        RunHandle again = new RunHandle(ENGINE.api(), run.id());
        RunAnswer first = again.now();
        Gates.open("restart");
        RunAnswer end = again.ended().completed();

        assertThat(first.version()).isGreaterThanOrEqualTo(seen.version());
        assertThat(before).allSatisfy(id -> {
            assertThat(first.task(id)).isEqualTo(seen.task(id));
            assertThat(end.task(id)).isEqualTo(seen.task(id));
            assertThat(Gates.calls(run, id)).isEqualTo(1);
        });
        assertThat(after).allSatisfy(id -> assertThat(Gates.calls(run, id)).isEqualTo(1));
        assertThat(held).allSatisfy(id -> {
            assertThat(Gates.calls(run, id)).isBetween(1, 2);
            assertThat(end.task(id).path("attempts").asInt()).isEqualTo(1);
        });
        assertThat(end.endedAt("timer") - end.startedAt("timer")).isGreaterThanOrEqualTo(8_000);
        Order.of(document.json(), end).isTopological().isNoWiderThan(9);
        assertThat(new RunHandle(ENGINE.api(), ended.id()).now().json().path("tasks"))
                .isEqualTo(endedBefore.json().path("tasks"));
        assertThat(ENGINE.api().submit(document.json()).now().version()).isEqualTo(end.version());
    }

    private static List<String> ids(String name) {
        return IntStream.range(0, 10).mapToObj(i -> name + "-" + i).toList();
    }

    private static void gated(Doc document, String id, String gate, List<String> deps) {
        JsonNode input = Doc.of(gate == null ? "{}" : "{gate: '" + gate + "'}");
        document.function(id, "test_gate", input, deps);
    }
}
