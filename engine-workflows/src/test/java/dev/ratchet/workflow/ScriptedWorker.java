package dev.ratchet.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ratchet.plan.Plan;
import dev.ratchet.run.Answer;
import dev.ratchet.run.Attempt;
import dev.ratchet.run.InlineAnswer;
import dev.ratchet.run.InlineJob;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.Part;
import dev.ratchet.run.TaskRecord;
import dev.ratchet.run.Value;
import dev.ratchet.run.WaitingFor;
import io.temporal.activity.Activity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A worker that completes attempts, those of some tasks only when a test lets them, and stores what it is given to store.
 * What it sends may be stored first, so that a run has to read it.
 */
final class ScriptedWorker implements DispatchActivity, InlineActivity, PlanSource {
    final ConcurrentLinkedQueue<String> performed = new ConcurrentLinkedQueue<>();
    final Set<String> cancelled = ConcurrentHashMap.newKeySet();
    final AtomicInteger refused = new AtomicInteger();
    volatile boolean storeIsAway;
    private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> blobs = new ConcurrentHashMap<>();
    private final Plan plan;
    private final boolean stores;

    ScriptedWorker(Plan plan, boolean stores, String... held) {
        this.plan = plan;
        this.stores = stores;
        for (String task : held) {
            this.held.put(task, new CountDownLatch(1));
        }
    }

    void release(String task) {
        held.get(task).countDown();
    }

    @Override
    public DispatchResult dispatch(DispatchRequest request) {
        DispatchResult result = new DispatchResult(
                request.attempts().stream().map(this::perform).toList(), List.of(), List.of());
        return stores ? DispatchResult.storedAs(keep(dev.ratchet.document.Json.tree(result))) : result;
    }

    private Outcome perform(Attempt attempt) {
        performed.add(attempt.key() + "#" + attempt.attempt() + "." + attempt.delivery());
        CountDownLatch latch = held.get(attempt.key().id());
        Outcome.Result result = latch == null || isReleased(attempt, latch) ? completed() : new Outcome.Cancelled();
        return new Outcome(attempt.key(), attempt.attempt(), attempt.delivery(), 1, 2, result, null, false);
    }

    /** Heartbeats as long as it waits; false once the run wants no more of it. */
    private boolean isReleased(Attempt attempt, CountDownLatch latch) {
        try {
            while (!latch.await(50, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                Activity.getExecutionContext().heartbeat(DispatchResult.NOTHING);
            }
            return true;
        } catch (io.temporal.client.ActivityCompletionException unwanted) {
            cancelled.add(attempt.key().toString());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Outcome.Completed completed() {
        return new Outcome.Completed(Value.of(JsonNodeFactory.instance.objectNode()), List.of(), List.of());
    }

    @Override
    public void nextTurn() {
        // nothing but a turn
    }

    @Override
    public InlineResult inline(InlineRequest request) {
        return new InlineResult(request.jobs().stream().map(this::answer).toList(), List.of());
    }

    private InlineAnswer answer(InlineJob job) {
        return switch (job) {
            case InlineJob.Decide decide -> new InlineAnswer.Decided(job.key(), List.of(), Answer.YES, List.of());
            case InlineJob.Prepare prepare ->
                new InlineAnswer.Parked(job.key(), WaitingFor.TIMER, 24 * 3_600_000L, null);
            case InlineJob.Execute execute -> new InlineAnswer.Executed(perform(execute.attempt()));
            case InlineJob.Gather gather -> new InlineAnswer.Executed(perform(gather.attempt()));
            case InlineJob.Whole whole -> new InlineAnswer.Turned(whole.key(), 0, Part.NONE, null, List.of());
            case InlineJob.Turn turn ->
                new InlineAnswer.Turned(turn.key(), turn.number(), Part.NONE, Answer.NO, List.of());
        };
    }

    @Override
    public String seal(List<TaskRecord> page) {
        return keep(dev.ratchet.document.Json.tree(page));
    }

    @Override
    public Value.Stored carry(JsonNode load) {
        return new Value.Stored(keep(load), load.toString().length(), "application/json", null);
    }

    private String keep(JsonNode json) {
        if (storeIsAway) {
            refused.incrementAndGet();
            throw new IllegalStateException("Expected a blob store, but it is away");
        }
        String ref = "blob-" + Integer.toHexString(json.toString().hashCode());
        blobs.put(ref, json);
        return ref;
    }

    @Override
    public Plan byHash(String hash) {
        return plan;
    }

    @Override
    public JsonNode carried(String ref) {
        return blobs.get(ref);
    }

    /** The same reads, of which the first one of each kind and reference fails. */
    PlanSource failingOnce(Predicate<String> reads) {
        Set<String> failed = ConcurrentHashMap.newKeySet();
        return new PlanSource() {
            @Override
            public Plan byHash(String hash) {
                fail("plan");
                return ScriptedWorker.this.byHash(hash);
            }

            @Override
            public JsonNode carried(String ref) {
                fail(ref);
                return ScriptedWorker.this.carried(ref);
            }

            private void fail(@Nullable String what) {
                if (what != null && reads.test(what) && failed.add(what)) {
                    throw new IllegalStateException("Expected " + what + " to be readable, but this read was to fail");
                }
            }
        };
    }
}
