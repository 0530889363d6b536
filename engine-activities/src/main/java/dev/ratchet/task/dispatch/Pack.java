package dev.ratchet.task.dispatch;

import dev.ratchet.run.Attempt;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.TaskKey;
import dev.ratchet.workflow.DispatchResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of one dispatch, side by side, and the watch over them. All its state belongs to the thread that calls {@link
 * #carryOut}; attempts only put their endings into the queue.
 */
final class Pack {
    private final Lifeline lifeline;
    private final Draining draining;
    private final BlockingQueue<Ending> endings = new LinkedBlockingQueue<>();
    private final List<RunningAttempt> running = new ArrayList<>();
    private final List<Outcome> settled = new ArrayList<>();
    private final List<TaskKey> handedBack = new ArrayList<>();
    private final EarlyReports reports = new EarlyReports(System.nanoTime());
    private final Heartbeat heartbeat;

    Pack(Lifeline lifeline, Draining draining) {
        this.lifeline = lifeline;
        this.draining = draining;
        this.heartbeat = new Heartbeat(lifeline);
    }

    /** Starts all attempts and returns when each has ended: well, badly, cancelled or handed back. */
    DispatchResult carryOut(List<Attempt> attempts, Function<Attempt, RunningAttempt> start) {
        for (Attempt attempt : attempts) {
            RunningAttempt each = start.apply(attempt);
            running.add(each);
            each.onEnding(endings::add);
        }
        try (Draining.Registration registration = draining.onInterrupt(() -> stopAll(Stop.SHUTDOWN))) {
            watch();
        } finally {
            stopAll(Stop.SHUTDOWN);
        }
        return result();
    }

    private void watch() {
        while (settled.size() + handedBack.size() < running.size()) {
            try {
                awaitEnding();
                beat();
                report();
            } catch (InterruptedException e) {
                stopAll(Stop.SHUTDOWN);
            }
        }
    }

    private void awaitEnding() throws InterruptedException {
        Ending next = atOnce();
        if (next == null) {
            long patience = Math.min(heartbeat.nanosLeft(), reports.nanosLeft(System.nanoTime()));
            next = endings.poll(Math.max(1, patience), TimeUnit.NANOSECONDS);
        }
        while (next != null) {
            note(next);
            next = endings.poll();
        }
    }

    /** Attempts that only compute for a moment have ended once they had their turn; a wait with a limit costs an alarm. */
    private @Nullable Ending atOnce() {
        Ending next = endings.poll();
        if (next == null) {
            Thread.yield();
            next = endings.poll();
        }
        return next;
    }

    private void note(Ending ending) {
        switch (ending) {
            case Ending.Settled each -> {
                settled.add(each.outcome());
                if (!(each.outcome().result() instanceof Outcome.Interrupted)) {
                    reports.settled(each.outcome(), System.nanoTime());
                }
            }
            case Ending.HandedBack each -> handedBack.add(each.key());
        }
    }

    private void beat() {
        if (heartbeat.hearsCancel(this::soFar)) {
            stopAll(Stop.CANCELLED);
        }
    }

    private DispatchResult soFar() {
        return new DispatchResult(MessageSize.fitting(settled), List.of(), List.of());
    }

    private void report() {
        if (settled.size() + handedBack.size() == running.size()) {
            return;
        }
        long now = System.nanoTime();
        List<Outcome> due = reports.due(now);
        if (!due.isEmpty() && lifeline.report(due)) {
            reports.sent(due, now);
        }
    }

    private void stopAll(Stop why) {
        running.forEach(each -> each.stop(why));
    }

    private DispatchResult result() {
        return new DispatchResult(
                settled.stream().sorted(Comparator.comparing(Outcome::key)).toList(),
                handedBack.stream().sorted().toList(),
                List.of());
    }
}
