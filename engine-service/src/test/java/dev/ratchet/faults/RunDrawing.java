package dev.ratchet.faults;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Draws a run of pieces of every kind, put behind or beside each other. A task whose id begins with {@code call} calls the
 * ledger; the effects of a run are named after it. Not thread-safe.
 */
final class RunDrawing {
    /** A task that fails once and is tried again by hand, and one that waits until that is done. */
    static final String FLAKY = "call-flaky";

    static final String HOLD = "hold";

    private static final Meddling[] MEDDLINGS = {
        Meddling.NONE,
        Meddling.NONE,
        Meddling.NONE,
        Meddling.NONE,
        Meddling.NONE,
        Meddling.NONE,
        Meddling.NONE,
        Meddling.PAUSE_AND_RESUME,
        Meddling.PAUSE_AND_RESUME,
        Meddling.ABORT,
        Meddling.ABORT,
        Meddling.PATCH,
        Meddling.PATCH,
        Meddling.SKIP,
        Meddling.RETRY,
        Meddling.EARLY_ANSWER
    };

    private final Random random;
    private final PieceWriter pieces;
    private final String id;
    private final ObjectNode document;

    private RunDrawing(Random random, String id, EffectUrls urls) {
        this.random = random;
        this.id = id;
        this.document = Json.mapper().createObjectNode().put("id", id);
        this.pieces = new PieceWriter(random, id, urls, document.putArray("tasks"));
    }

    static DrawnRun draw(long seed, int number, EffectUrls urls) {
        Random random = Chance.of(seed, number);
        return new RunDrawing(random, "c" + Long.toHexString(seed) + "-" + number, urls).draw();
    }

    private DrawnRun draw() {
        Meddling meddling = MEDDLINGS[random.nextInt(MEDDLINGS.length)];
        boolean failing = policy(meddling == Meddling.RETRY);
        if (random.nextInt(4) == 0) {
            document.putObject("input").put("note", "Too much to be kept in the run " + id + ".".repeat(20_000));
        }
        List<String> heads = new ArrayList<>();
        if (meddling == Meddling.RETRY) {
            heads.addAll(pieces.flaky());
        }
        if (meddling == Meddling.EARLY_ANSWER) {
            heads.addAll(pieces.answeredEarly());
        }
        int wanted = 2 + random.nextInt(4);
        for (int i = 0; i < wanted; i++) {
            List<String> tails = pieces.write(behind(heads), failing);
            if (random.nextInt(3) > 0) {
                heads.clear();
            }
            heads.addAll(tails);
        }
        List<DrawnTask> tasks = pieces.tasks();
        return new DrawnRun(id, document, tasks, meddling, random.nextInt(4_000), about(meddling, tasks));
    }

    private String about(Meddling meddling, List<DrawnTask> tasks) {
        return switch (meddling) {
            case RETRY -> FLAKY;
            case EARLY_ANSWER -> PieceWriter.EARLY;
            case NONE, PAUSE_AND_RESUME, ABORT, PATCH, SKIP ->
                tasks.get(random.nextInt(tasks.size())).id();
        };
    }

    /** Some of what there is, or nothing. */
    private List<String> behind(List<String> heads) {
        return heads.stream().filter(head -> random.nextInt(5) > 0).limit(4).toList();
    }

    /** Returns whether tasks may fail. */
    private boolean policy(boolean retriedByHand) {
        boolean failing = random.nextInt(5) < 3 && !retriedByHand;
        ObjectNode policy = document.putObject("policy");
        policy.put("on_failure", failing || retriedByHand ? "skip_dependents" : pick("fail_fast", "finish_running"));
        policy.put("max_parallelism", 1 + random.nextInt(16));
        policy.put("scheduling", retriedByHand ? "dataflow" : pick("batch", "dataflow"));
        if (random.nextInt(3) == 0) {
            policy.put("tasks_per_activity", 1 + random.nextInt(8));
        }
        PieceWriter.retry(policy);
        if (random.nextInt(3) == 0) {
            policy.putObject("budget_limit").put("amount", 1).put("currency", "USD");
            pieces.underBudget();
        }
        return failing;
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** The patch that adds a call behind the task that the run is meddled with about. */
    static ArrayNode addition(DrawnRun run, EffectUrls urls) {
        ArrayNode operations = Json.mapper().createArrayNode();
        ObjectNode task =
                operations.addObject().put("op", "add").put("path", "/tasks/-").putObject("value");
        task.put("id", "call-patched").put("type", "http").put("method", "POST");
        task.put("url", urls.url(run.id() + ".call-patched", 50, ""))
                .putArray("deps")
                .add(run.about());
        return operations;
    }
}
