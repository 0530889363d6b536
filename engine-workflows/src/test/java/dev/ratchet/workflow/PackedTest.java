package dev.ratchet.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.run.RunContext;
import dev.ratchet.run.Value;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PackedTest {
    private static final JsonNode TREE =
            Json.read("{\"b\": 1.50, \"a\": [null, \"ü\\n\", 12345678901234567890], \"c\": {}}", JsonNode.class);

    @Test
    void shouldBeWrittenAsTheTreeWouldBe() {
        RunStart start = start(new PlanRef("hash", TREE), Value.of(TREE));

        assertThat(Json.write(start.packed())).isEqualTo(Json.write(start));
    }

    @Test
    void shouldHoldNoTrees() {
        RunStart packed = start(new PlanRef("hash", TREE), Value.of(TREE)).packed();

        assertThat(packed.plan().inline()).isNotNull().isEmpty();
        assertThat(packed.document())
                .isInstanceOfSatisfying(
                        Value.Inline.class, inline -> assertThat(inline.json()).isEmpty());
    }

    @Test
    void shouldLeaveWhatIsStoredElsewhereAsItIs() {
        RunStart start = start(new PlanRef("hash", null), new Value.Stored("ref", 200_000, "application/json", null));

        assertThat(start.packed()).isEqualTo(start);
    }

    private static RunStart start(PlanRef plan, Value document) {
        RunContext run = new RunContext("r1", "acme", Map.of(), Value.of(TREE), null, 1);
        return new RunStart(run, "a name", plan, document, 1, null);
    }
}
