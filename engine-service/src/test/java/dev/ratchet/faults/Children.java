package dev.ratchet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A map of which each item is a run of its own; chosen ones are held in the middle of their call. */
record Children(Stage stage, int items, int width) {
    private static final String RUN = "parents";
    private static final String MAP = "each";

    void submit() {
        stage.submit(stage.document(RUN).children(MAP, items, width));
    }

    void hold(int item) {
        stage.ledger().hold(effect(item), Barrier.Moment.AFTER_EFFECT);
    }

    void awaitHeld(int item) {
        stage.ledger().awaitHeld(effect(item));
        stage.schedule.note("child " + item + " is held");
    }

    /** Each child had its effect and gave its output; those that were held were called once more. */
    void check(List<Integer> held) {
        JsonNode parent = stage.ends(RUN, "completed", 0).run();
        Ledger ledger = stage.ledger().read();
        for (int i = 0; i < items; i++) {
            JsonNode task = parent.path("tasks").path(MAP + "[" + i + "].child");
            String child = task.path("child_run").asText();
            assertThat(task.path("attempts").asInt()).as(child).isEqualTo(1);
            assertThat(task.path("output").path("body").path("name").asText())
                    .as(child)
                    .isEqualTo(effect(i));
            assertThat(ledger.applied("default/" + child + "/call")).as(child).isEqualTo(1);
            if (held.contains(i)) {
                assertThat(ledger.deliveries("default/" + child + "/call"))
                        .as(child)
                        .isEqualTo(2);
            }
            assertThat(stage.api().run(child).path("state").asText()).as(child).isEqualTo("completed");
        }
    }

    private static String effect(int item) {
        return RUN + "." + MAP + "." + item;
    }
}
