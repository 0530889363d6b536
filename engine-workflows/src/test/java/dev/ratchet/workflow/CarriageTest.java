package dev.ratchet.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Plan;
import dev.ratchet.run.CarriedRun;
import dev.ratchet.run.RunFold;
import dev.ratchet.run.RunInput;
import dev.ratchet.run.RunState;
import dev.ratchet.run.Value;
import dev.ratchet.testkit.PlanBuilder;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CarriageTest {
    private final TreeMap<String, JsonNode> stored = new TreeMap<>();

    @Test
    void shouldPutTogetherAStateThatTravelledInPieces() {
        PlanBuilder plan = new PlanBuilder();
        for (int i = 0; i < 50; i++) {
            plan.task("t%02d".formatted(i)).mode(dev.ratchet.plan.Policies.ExecutionMode.PARKED);
        }
        RunState state = new RunState(plan.build());
        new RunFold(state).feed(new RunInput.Begin(5));
        state.apply(new dev.ratchet.run.RunEvent.Queued(5, dev.ratchet.run.TaskKey.root("t07")));
        state.apply(new dev.ratchet.run.RunEvent.Queued(5, dev.ratchet.run.TaskKey.root("t31")));
        CarriedLoop whole = new CarriedLoop(CarriedRun.of(state), List.of(new Snapshot.Page("p", 3, 7)), 0);

        ObjectNode pieces = Carriage.inPieces((ObjectNode) Json.tree(whole), 50, this::store);
        CarriedLoop read = new Carriage(reader()).unpack(Value.of(pieces));

        assertThat(stored).hasSizeGreaterThan(1);
        assertThat(read).isEqualTo(whole);
        assertThat(read.run().tasks()).hasSize(2);
    }

    private String store(JsonNode piece) {
        stored.put("piece-" + stored.size(), piece);
        return "piece-" + (stored.size() - 1);
    }

    private PlanSource reader() {
        return new PlanSource() {
            @Override
            public Plan byHash(String hash) {
                throw new IllegalStateException("Expected no plan to be read, but it was " + hash);
            }

            @Override
            public JsonNode carried(String ref) {
                return stored.get(ref);
            }
        };
    }
}
