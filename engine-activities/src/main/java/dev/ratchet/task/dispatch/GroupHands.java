package dev.ratchet.task.dispatch;

import dev.ratchet.run.Attempt;
import dev.ratchet.run.InlineAnswer;
import dev.ratchet.run.InlineJob;
import dev.ratchet.run.RunContext;
import dev.ratchet.run.Source;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Does what the fold of a group asks for, on other threads than the fold's.
 *
 * @param allowance bytes of output that may travel, for each task
 */
record GroupHands(Toolbox tools, AttemptRunner runner, InlineJobs inline, RunContext run, int allowance) {
    long now() {
        return tools.clock().millis();
    }

    RunningAttempt start(Attempt attempt, Map<String, Source> sources) {
        return runner.start(attempt, scene(sources), allowance, Threads.VIRTUAL);
    }

    /** Answers the jobs and calls {@code then} with the answers, in the order of the jobs. */
    void answer(List<InlineJob> jobs, Map<String, Source> sources, Consumer<List<InlineAnswer>> then) {
        Scene scene = scene(sources);
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(InlineJobs.TOTAL_MS);
        Threads.PLATFORM.execute(() -> then.accept(jobs.stream()
                .map(job -> inline.answer(job, scene, new InlineJobs.Allowances(allowance, allowance), until))
                .toList()));
    }

    private Scene scene(Map<String, Source> sources) {
        return new Scene(run, sources, tools.values());
    }
}
