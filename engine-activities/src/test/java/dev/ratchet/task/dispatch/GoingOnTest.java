package dev.ratchet.task.dispatch;

import static dev.ratchet.task.dispatch.Requests.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.Question;
import dev.ratchet.run.InlineAnswer;
import dev.ratchet.run.InlineJob;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.Source;
import dev.ratchet.run.Value;
import dev.ratchet.task.blob.MemoryBlobs;
import dev.ratchet.task.secret.Secrets;
import dev.ratchet.task.spi.TaskFailure;
import dev.ratchet.task.spi.TaskResult;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class GoingOnTest {
    private final FakeTasks tasks = new FakeTasks().with("echo", context -> TaskResult.of(context.input()));
    private final Toolbox tools = Toolbox.of(tasks, new MemoryBlobs(), Secrets.NONE);

    @Test
    void shouldGoOnWithWhatTheTaskBeforeGave() {
        List<InlineAnswer.Executed> ahead = ahead(
                1_024,
                attempt("a", "echo").input("{\"n\": 1}"),
                attempt("b", "echo").reads("a").input("{\"n\": \"${tasks.a.output.n + 1}\"}"),
                attempt("c", "echo").input("{}").feed("b", "n", "n"));

        assertThat(ahead)
                .extracting(answer -> output(answer.outcome()).path("n").asInt())
                .containsExactly(2, 2);
    }

    @Test
    void shouldStopBehindAFailureAndReportIt() {
        tasks.with("broken", context -> {
            throw TaskFailure.permanent(ErrorCode.EXECUTION_FAILED, "Expected a value, but got none");
        });

        List<InlineAnswer.Executed> ahead =
                ahead(1_024, attempt("a", "echo"), attempt("b", "broken"), attempt("c", "echo"));

        assertThat(ahead)
                .singleElement()
                .satisfies(answer -> assertThat(answer.outcome().result()).isInstanceOf(Outcome.Failed.class));
    }

    @Test
    void shouldNotGoOverAnEdgeThatIsNotLive() {
        Requests.AttemptBuilder first = attempt("a", "echo").input("{\"n\": 1}").asks(new Question.Port("absent"));

        assertThat(ahead(1_024, first, attempt("b", "echo"))).isEmpty();
    }

    @Test
    void shouldLeaveToALaterRequestWhatTogetherIsMoreThanMayTravel() {
        String text = "\"" + "x".repeat(40) + "\"";

        assertThat(ahead(
                        100,
                        attempt("a", "echo").input(text),
                        attempt("b", "echo").input(text),
                        attempt("c", "echo").input(text),
                        attempt("d", "echo").input(text)))
                .hasSize(2);
    }

    @Test
    void shouldBeginNothingMoreWhenALongTimeHasPassed() {
        long longAgo = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(GoingOn.BURST_MS) - 1;

        assertThat(ahead(longAgo, 1_024, attempt("a", "echo"), attempt("b", "echo")))
                .isEmpty();
    }

    /** With all the time that a slow machine needs. */
    private List<InlineAnswer.Executed> ahead(int allowance, Requests.AttemptBuilder... attempts) {
        return ahead(System.nanoTime() + TimeUnit.HOURS.toNanos(1), allowance, attempts);
    }

    private List<InlineAnswer.Executed> ahead(long began, int allowance, Requests.AttemptBuilder... attempts) {
        Map<String, Source> sources = new TreeMap<>();
        Scene scene = new Scene(Requests.RUN, sources, tools.values());
        InlineJobs jobs = new InlineJobs(tools);
        long until = System.nanoTime() + TimeUnit.HOURS.toNanos(1);
        Function<InlineJob, InlineAnswer> hands =
                job -> jobs.answer(job, scene, new InlineJobs.Allowances(allowance, allowance), until);
        List<InlineJob.Execute> all = Arrays.stream(attempts)
                .map(each -> new InlineJob.Execute(each.build()))
                .toList();
        return new GoingOn(sources, hands, allowance, began)
                .after(hands.apply(all.getFirst()), all.subList(1, all.size()));
    }

    private static com.fasterxml.jackson.databind.JsonNode output(Outcome outcome) {
        return ((Value.Inline) ((Outcome.Completed) outcome.result()).output()).json();
    }
}
