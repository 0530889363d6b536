package dev.ratchet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.service.config.Environment;
import dev.ratchet.service.config.RatchetConfig;
import dev.ratchet.service.gateway.DocumentCompiler;
import dev.ratchet.service.server.EngineParts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class RunDrawingTest {
    private static final EffectUrls URLS = (name, latency, query) -> "http://127.0.0.1:9/effect/" + name + "?" + query;
    private static final int MANY = 300;

    @Test
    void shouldDrawSoundDocuments() {
        DocumentCompiler compiler =
                EngineParts.compiler(RatchetConfig.load(null, new Environment(Map.of(), Path.of("/nobody"))));

        assertThat(documents())
                .allSatisfy(document -> assertThat(compiler.inspect(document).problems())
                        .as("%s", document)
                        .isEmpty());
    }

    @Test
    void shouldDrawEveryTypeOfTaskAndEverythingThatSomebodyCanMeddleWith() {
        TreeSet<String> types = new TreeSet<>();
        documents().forEach(document -> document.findValues("type").forEach(type -> types.add(type.asText())));
        types.add(
                documents().anyMatch(document -> !document.findValues("prompt").isEmpty()) ? "prompt" : "");

        assertThat(types)
                .contains(
                        "activity",
                        "agent",
                        "approval",
                        "branch",
                        "function",
                        "http",
                        "loop",
                        "map",
                        "prompt",
                        "run",
                        "transform",
                        "wait");
        assertThat(IntStream.range(0, MANY).mapToObj(RunDrawingTest::draw).map(DrawnRun::meddling))
                .contains(Meddling.values());
    }

    @Test
    void shouldDrawTheSameRunFromTheSameSeed() {
        assertThat(draw(3)).isEqualTo(draw(3));
        assertThat(draw(3).document()).isNotEqualTo(draw(4).document());
    }

    @Test
    void shouldKnowOfEveryTaskOfTheDocumentAndNameEachOnce() {
        for (int number = 0; number < MANY; number++) {
            DrawnRun run = draw(number);
            List<String> written = StreamSupport.stream(
                            run.document().path("tasks").spliterator(), false)
                    .map(task -> task.path("id").asText())
                    .toList();

            assertThat(run.tasks().stream().map(DrawnTask::id).toList())
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(written);
        }
    }

    private static Stream<JsonNode> documents() {
        return IntStream.range(0, MANY).mapToObj(RunDrawingTest::draw).map(DrawnRun::document);
    }

    private static DrawnRun draw(int number) {
        return RunDrawing.draw(11, number, URLS);
    }
}
