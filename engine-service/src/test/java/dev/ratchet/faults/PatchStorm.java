package dev.ratchet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;

/**
 * A client that patches a run, one patch after the other, as fast as it is allowed to. Whatever goes away meanwhile, it sends
 * the same patch under the same key until it is answered; of every ninth it lets the first answer go by unheard.
 */
final class PatchStorm {
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

    private final EngineApi api;
    private final String run;
    private final PatchScript script;
    private final Semaphore allowed = new Semaphore(0);
    private final Map<PatchScript.Patch, JsonNode> taken =
            new ConcurrentSkipListMap<>((one, other) -> Integer.compare(one.number(), other.number()));
    private final CompletableFuture<Void> client;
    private int let;
    private int answered;
    private volatile int lost;

    private PatchStorm(EngineApi api, String run, PatchScript script, int patches) {
        this.api = api;
        this.run = run;
        this.script = script;
        this.client = CompletableFuture.runAsync(() -> sendAll(patches), Thread::startVirtualThread);
        client.whenComplete((done, failure) -> wakeUp());
    }

    static PatchStorm on(EngineApi api, String run, PatchScript script, int patches) {
        return new PatchStorm(api, run, script, patches);
    }

    /** Lets that many go, those before included. */
    void allow(int patches) {
        allowed.release(Math.max(0, patches - let));
        let = Math.max(let, patches);
    }

    /** Waits until that many are answered; fails when one was answered otherwise than it is to be. */
    synchronized void awaitAnswered(int patches) throws InterruptedException {
        long deadline = System.nanoTime() + Stage.HEALED.toNanos();
        while (answered < patches) {
            long left = deadline - System.nanoTime();
            if (client.isDone() || left <= 0) {
                client.getNow(null);
                throw new AssertionError("Expected " + patches + " patches to be answered, but " + answered + " are");
            }
            wait(Math.max(1, Duration.ofNanos(left).toMillis()));
        }
    }

    private synchronized void wakeUp() {
        notifyAll();
    }

    private synchronized void answered(int patches) {
        answered = patches;
        notifyAll();
    }

    /** How many tries came to nothing because somebody was away. */
    int lost() {
        return lost;
    }

    /** Waits until all are answered; the answers of those that were taken. */
    Map<PatchScript.Patch, JsonNode> end() {
        client.join();
        return taken;
    }

    /** Sends a patch of the past once more. */
    JsonNode again(PatchScript.Patch patch) throws IOException {
        EngineApi.Answer answer = api.patch(run, patch, key(patch));
        assertThat(answer.status()).as("%s again: %s", patch, answer.body()).isEqualTo(200);
        return answer.body();
    }

    private void sendAll(int patches) {
        for (int i = 0; i < patches; i++) {
            allowed.acquireUninterruptibly();
            PatchScript.Patch patch = script.next();
            EngineApi.Answer answer = send(patch);
            assertThat(answer.status()).as("%s: %s", patch, answer.body()).isEqualTo(patch.fits() ? 200 : 409);
            if (patch.fits()) {
                assertThat(answer.body().path("revision").asInt()).isEqualTo(script.revision());
                taken.put(patch, answer.body());
            } else {
                assertThat(answer.body().path("code").asText()).isIn("revision_conflict", "task_not_waiting");
            }
            answered(i + 1);
        }
    }

    private EngineApi.Answer send(PatchScript.Patch patch) {
        boolean unheard = patch.number() % 9 == 0;
        long deadline = System.nanoTime() + Stage.HEALED.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                if (unheard) {
                    unheard = false;
                    api.patchAndHangUp(run, patch, key(patch));
                }
                EngineApi.Answer answer = api.patch(run, patch, key(patch));
                if (answer.status() != 503) {
                    return answer;
                }
            } catch (IOException away) {
                // it comes back, and then it must know whether it took the patch
            }
            lost++;
            Pause.of(BETWEEN_TRIES);
        }
        throw new AssertionError("Expected an answer to " + patch + " within " + Stage.HEALED + ", but there was none");
    }

    private String key(PatchScript.Patch patch) {
        return run + "-" + patch.number();
    }
}
