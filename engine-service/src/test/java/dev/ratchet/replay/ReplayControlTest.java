package dev.ratchet.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.workflow.PlanRef;
import dev.ratchet.workflow.RunStart;
import dev.ratchet.workflow.RunWorkflow;
import io.temporal.workflow.Workflow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The negative control: an engine that decides otherwise must not replay what today's engine recorded. */
class ReplayControlTest {
    @Test
    void shouldNoticeAnEngineThatPacksOtherwise() {
        assertBreaks("wide_pack", plan(plan -> plan.withObject("/policy").put("tasksPerActivity", 7)));
    }

    @Test
    void shouldNoticeAnEngineThatStartsFewerAtOnce() {
        assertBreaks("abort", plan(plan -> plan.withObject("/policy").put("maxParallelism", 1)));
    }

    @Test
    void shouldNoticeAnEngineThatForgetsAnEdge() {
        assertBreaks("chain", plan(plan -> ((ObjectNode) plan.path("root").get(2)).remove("edges")));
    }

    @Test
    void shouldNoticeAnEngineThatGoesOnAfterAFailure() {
        assertBreaks("fail_fast", plan(plan -> plan.withObject("/policy").put("onFailure", "skip_dependents")));
    }

    @Test
    void shouldNoticeAnEngineThatStartsAsSoonAsItCan() {
        assertBreaks("wait", plan(plan -> plan.withObject("/policy").put("scheduling", "dataflow")), "retries");
    }

    @Test
    void shouldNoticeACommandTooMany() {
        assertBreaks("chain", start -> {
            Workflow.sleep(Duration.ofMillis(1));
            return start;
        });
    }

    @Test
    void shouldNoticeAnotherResultOfTheSameCommands() {
        assertBreaks(
                "chain",
                start -> new RunStart(
                        start.run(), "another", start.plan(), start.document(), start.createdAt(), start.carried()));
    }

    /** At least one of the shapes must not replay. */
    private static void assertBreaks(String shape, UnaryOperator<RunStart> change, String... others) {
        ArrayList<String> shapes = new ArrayList<>(java.util.List.of(others));
        shapes.addFirst(shape);
        UnaryOperator<RunWorkflow> variant = run -> new Watched(run, change, new ArrayList<>());
        try (Replay replay = new Replay(variant)) {
            assertThatThrownBy(() -> {
                        for (String each : shapes) {
                            for (Path history : Corpus.of(each)) {
                                replay.replay(history);
                            }
                        }
                    })
                    .satisfies(thrown -> assertThat(reason(thrown)).isPresent());
        }
        assertThat(Corpus.of(shape)).isNotEmpty();
    }

    /** What the SDK or the comparison of results says; nothing when it broke for another reason. */
    private static Optional<String> reason(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .map(Throwable::toString)
                .filter(text -> text.contains("TMPRL1100") || text.contains("to end as recorded"))
                .findFirst();
    }

    private static UnaryOperator<RunStart> plan(Consumer<ObjectNode> change) {
        return start -> {
            ObjectNode plan = Objects.requireNonNull(start.plan().inline()).deepCopy();
            change.accept(plan);
            return new RunStart(
                    start.run(),
                    start.name(),
                    new PlanRef(start.plan().hash(), plan),
                    start.document(),
                    start.createdAt(),
                    start.carried());
        };
    }
}
