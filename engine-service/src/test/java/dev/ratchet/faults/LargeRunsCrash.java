package dev.ratchet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Four large runs, side by side, that the engine dies under and then everything: a map over thousands of items, a loop of a
 * thousand turns, a run with dozens of child runs, and one that is patched two hundred times. Loop, map and children are held at places that chance chooses, and the
 * patches go on, when the kills come.
 */
abstract class LargeRunsCrash {
    private static final int ITEMS = 5_000;
    private static final int WIDTH = 128;
    private static final int TURNS = 1_000;
    private static final int PATCHES = 200;
    private static final int KILLS = 2;
    private static final IntPredicate REFUSED = item -> item % 1_000 == 7;

    private static final OwnTemporal TEMPORAL = new OwnTemporal();
    private static final List<Middle> MIDDLES = new ArrayList<>();
    private static final AtomicReference<PatchStorm> STORM = new AtomicReference<>();
    private static final AtomicReference<PatchScript> SCRIPT = new AtomicReference<>();

    @RegisterExtension
    static final Stage STAGE = new Stage("large", TEMPORAL);

    private static final Children CHILDREN = new Children(STAGE, 60, 10);
    private static final List<Integer> HELD_CHILDREN = List.of(15, 40);

    /** Where loop and map stand when a kill comes; the map with all that it may have in flight. */
    private record Middle(int turn, int item) {
        static Middle chosen(int kill) {
            int turn = TURNS / 6 + kill * TURNS / 3;
            turn -= turn % Documents.TURNS_TO_A_CALL;
            int item = ITEMS / 6 + kill * ITEMS / 3;
            return new Middle(
                    turn
                            + Documents.TURNS_TO_A_CALL
                                    * STAGE.schedule.choose(
                                            "calls of turns until a kill, after turn " + turn,
                                            TURNS / 3 / Documents.TURNS_TO_A_CALL),
                    item + STAGE.schedule.choose("item of a kill, and " + item, ITEMS / 3 - WIDTH));
        }

        /** Half of what is held has had its effect. */
        void hold(LedgerProcess ledger) {
            ledger.hold("loop.turns." + turn, Barrier.Moment.AFTER_EFFECT);
            items().forEach(name -> ledger.hold(
                    name, name.hashCode() % 2 == 0 ? Barrier.Moment.BEFORE_EFFECT : Barrier.Moment.AFTER_EFFECT));
        }

        void awaitHeld(LedgerProcess ledger) {
            ledger.awaitHeld("loop.turns." + turn);
            STAGE.schedule.note("the loop is held at " + turn);
            ledger.awaitHeld(items());
            STAGE.schedule.note("the map is held at " + item);
        }

        /** What was held was lost with the worker, and was called once more. */
        void assertTurnWasRepeated(Ledger ledger) {
            assertThat(ledger.deliveries("default/loop/turns[" + turn + "].call"))
                    .isEqualTo(2);
        }

        void assertItemsWereRepeated(Ledger ledger) {
            assertThat(IntStream.range(item, item + WIDTH).filter(REFUSED.negate()))
                    .allMatch(i -> ledger.deliveries("default/map/each[" + i + "].call") == 2);
        }

        /** Those that are refused have no effect to be held at. */
        private List<String> items() {
            return IntStream.range(item, item + WIDTH)
                    .filter(REFUSED.negate())
                    .mapToObj(i -> "map.each." + i)
                    .toList();
        }
    }

    @BeforeAll
    static void killTwiceInTheMiddle() throws InterruptedException {
        EngineProcesses engine = STAGE.engine();
        JvmProcess worker = engine.startWorker();
        IntStream.range(0, KILLS).mapToObj(Middle::chosen).forEach(MIDDLES::add);
        MIDDLES.forEach(middle -> middle.hold(STAGE.ledger()));
        HELD_CHILDREN.forEach(CHILDREN::hold);
        engine.awaitService();
        STAGE.submit(STAGE.document("loop").loop("turns", TURNS));
        startStorm();
        CHILDREN.submit();
        STAGE.submit(STAGE.document("map").policy("max_parallelism", WIDTH).map("each", ITEMS, WIDTH, REFUSED));

        awaitMiddle(MIDDLES.getFirst(), 1);
        engine.kill(worker);
        engine.killService();
        engine.startService();
        worker = engine.startWorker();

        awaitMiddle(MIDDLES.getLast(), 2);
        PowerCut.of(STAGE, TEMPORAL, worker);
        STORM.get().allow(PATCHES);
    }

    private static void startStorm() {
        Documents document = STAGE.document("storm")
                .policy("scheduling", "dataflow")
                .policy("tasks_per_activity", 1)
                .waiting("hold", 600_000);
        STAGE.submit(document);
        await("the first task of the storm waits")
                .atMost(Stage.HEALED)
                .until(() -> state("storm", "hold").equals("waiting"));
        SCRIPT.set(
                new PatchScript(document.json(), id -> STAGE.document("storm").callAlone(id)));
        STORM.set(PatchStorm.on(STAGE.api(), "storm", SCRIPT.get(), PATCHES));
    }

    /** Loop and map are held where they are to be, and patches are under way. */
    private static void awaitMiddle(Middle middle, int kill) throws InterruptedException {
        int before = kill * PATCHES / 3 - 20;
        int more = 1 + STAGE.schedule.choose("answers to patches until kill " + kill + ", and 1", 20);
        STORM.get().allow(before);
        middle.awaitHeld(STAGE.ledger());
        CHILDREN.awaitHeld(HELD_CHILDREN.get(kill - 1));
        STORM.get().awaitAnswered(before);
        STAGE.schedule.note(before + " patches are answered");
        STORM.get().allow(before + PATCHES / 3);
        STORM.get().awaitAnswered(before + more);
    }

    private static String state(String run, String task) {
        return STAGE.api().run(run).path("tasks").path(task).path("state").asText();
    }

    @Test
    void shouldRecordEachItemOfAMapOnce() {
        RunReport report = STAGE.ends("map", "completed", KILLS * WIDTH);

        JsonNode map = report.run().path("tasks").path("each");
        assertThat(map.path("progress").path("done").asInt()).isEqualTo(ITEMS);
        assertThat(map.path("progress").path("failed").asInt()).isEqualTo(ITEMS / 1_000);
        assertThat(report.calls().all()).hasSize(ITEMS);
        JsonNode outputs = STAGE.api().must("/runs/map/tasks/each/output");
        assertThat(outputs).hasSize(ITEMS);
        Ledger ledger = STAGE.ledger().read();
        MIDDLES.forEach(middle -> middle.assertItemsWereRepeated(ledger));
        for (int i = 0; i < ITEMS; i++) {
            String call = "each[" + i + "].call";
            assertThat(report.recordedAttempts(call)).as(call).isEqualTo(1);
            if (REFUSED.test(i)) {
                assertThat(report.state(call)).as(call).isEqualTo("failed");
                assertThat(outputs.path(i).path("error").path("code").asText())
                        .as(call)
                        .isEqualTo("execution_failed");
                assertThat(ledger.applied("default/map/" + call)).as(call).isZero();
            } else {
                assertThat(report.state(call)).as(call).isEqualTo("completed");
                assertThat(outputs.path(i).path("body").path("name").asText())
                        .as(call)
                        .isEqualTo("map.each." + i);
            }
        }
    }

    @Test
    void shouldTakeEachTurnOfALoopOnce() {
        RunReport report = STAGE.ends("loop", "completed", KILLS);

        JsonNode loop = report.run().path("tasks").path("turns");
        assertThat(loop.path("progress").path("done").asInt()).isEqualTo(TURNS);
        assertThat(report.run().path("output").path("n").asInt()).isEqualTo(TURNS);
        assertThat(report.calls().all()).hasSize(TURNS);
        Ledger ledger = STAGE.ledger().read();
        MIDDLES.forEach(middle -> middle.assertTurnWasRepeated(ledger));
        for (int turn = 0; turn < TURNS; turn++) {
            boolean called = turn % Documents.TURNS_TO_A_CALL == 0;
            String call = "turns[" + turn + "].call";
            assertThat(report.state(call)).as(call).isEqualTo(called ? "completed" : "skipped");
            assertThat(report.recordedAttempts(call)).as(call).isEqualTo(called ? 1 : 0);
            JsonNode count = report.run().path("tasks").path("turns[" + turn + "].count");
            assertThat(count.path("output").path("n").asInt())
                    .as("turn %d", turn)
                    .isEqualTo(turn + 1);
        }
        assertThat(report.run().path("tasks").size()).isEqualTo(1 + 2 * TURNS);
    }

    @Test
    void shouldHearOfEachChildOnce() {
        CHILDREN.check(HELD_CHILDREN);
    }

    @Test
    void shouldKeepEachPatchThatWasTaken() throws Exception {
        Map<PatchScript.Patch, JsonNode> taken = STORM.get().end();
        PatchScript script = SCRIPT.get();
        STAGE.patched(script.document());
        assertThat(STAGE.api()
                        .post("/runs/storm/tasks/hold/skip", Json.mapper().createObjectNode())
                        .status())
                .isEqualTo(202);
        RunReport report = STAGE.ends("storm", "completed", KILLS);

        assertThat(script.refused()).isGreaterThan(PATCHES / 4);
        assertThat(STORM.get().lost()).as("tries that came to nothing").isPositive();
        assertThat(taken).hasSize(script.revision() - 1);
        assertThat(report.run().path("revision").asInt()).isEqualTo(script.revision());
        assertThat(STAGE.api().must("/runs/storm/document").path("tasks").findValuesAsText("id"))
                .containsExactlyElementsOf(script.ids());
        assertThat(script.ids()).allMatch(id -> report.state(id).equals(id.equals("hold") ? "skipped" : "completed"));
        assertRevisionsAreThoseTaken(taken);
        for (Map.Entry<PatchScript.Patch, JsonNode> each : taken.entrySet()) {
            assertThat(STORM.get().again(each.getKey())).isEqualTo(each.getValue());
        }
    }

    /** Dense, and each with the operations of the patch that was told so. */
    private static void assertRevisionsAreThoseTaken(Map<PatchScript.Patch, JsonNode> taken) {
        List<JsonNode> operations = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (JsonNode revision : STAGE.api().must("/runs/storm/revisions").path("items")) {
            numbers.add(revision.path("revision").asInt());
            operations.add(revision.path("operations"));
        }
        assertThat(numbers)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 1 + taken.size()).boxed().toList());
        assertThat(operations.subList(1, operations.size()))
                .containsExactlyElementsOf(taken.keySet().stream()
                        .map(PatchScript.Patch::operations)
                        .toList());
    }
}
