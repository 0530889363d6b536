package dev.ratchet.service.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.TaskRecord;
import dev.ratchet.run.TaskStatus;
import dev.ratchet.run.Value;
import dev.ratchet.service.problem.ProblemCode;
import dev.ratchet.task.blob.BlobStore;
import dev.ratchet.task.blob.FolderBlobStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HydrationTest {
    @TempDir
    private Path folder;

    private BlobStore blobs;
    private Hydration hydration;

    @BeforeEach
    void prepare() {
        blobs = new FolderBlobStore(folder);
        hydration = new Hydration(blobs);
    }

    @Test
    void shouldShowSmallStoredValuesAsThemselves() {
        Value.Stored stored = blobs.putJson(TextNode.valueOf("x".repeat(1_000)));
        assertThat(hydration.ofOneAnswer().apply(stored)).isEqualTo(Value.of(TextNode.valueOf("x".repeat(1_000))));
    }

    @Test
    void shouldLeaveLargeValuesAndOtherTypesWhereTheyAre() {
        Value.Stored large = blobs.putJson(TextNode.valueOf("x".repeat(17_000)));
        Value.Stored text = blobs.put("text".getBytes(StandardCharsets.UTF_8), "text/plain");
        Value inline = Value.of(TextNode.valueOf("here"));
        assertThat(hydration.ofOneAnswer().apply(large)).isSameAs(large);
        assertThat(hydration.ofOneAnswer().apply(text)).isSameAs(text);
        assertThat(hydration.ofOneAnswer().apply(inline)).isSameAs(inline);
    }

    /** What is shown in any case leaves less room. */
    @Test
    void shouldCountWhatWasNeverStored() {
        Value stored = blobs.putJson(TextNode.valueOf("x".repeat(15_000)));
        Value inline = Value.of(TextNode.valueOf("x".repeat(15_000)));
        List<TaskRecord> tasks = java.util.Collections.nCopies(34, completed(inline));

        assertThat(hydration.ofOneAnswer(tasks.subList(0, 33)).apply(stored)).isInstanceOf(Value.Inline.class);
        assertThat(hydration.ofOneAnswer(tasks).apply(stored)).isSameAs(stored);
    }

    private static TaskRecord completed(Value output) {
        return new TaskRecord(
                TaskKey.root("a"),
                TaskStatus.COMPLETED,
                1,
                1,
                null,
                null,
                1,
                1L,
                2L,
                output,
                null,
                null,
                List.of(),
                null,
                null,
                List.of(),
                List.of(),
                null,
                null,
                null,
                null);
    }

    @Test
    void shouldShowOnlySoMuchInOneAnswer() {
        List<Value> stored = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            stored.add(blobs.putJson(TextNode.valueOf(i + "x".repeat(15_000))));
        }
        UnaryOperator<Value> one = hydration.ofOneAnswer();
        assertThat(stored.stream().map(one).filter(Value.Inline.class::isInstance))
                .hasSize(34);
        assertThat(stored.stream().map(hydration.ofOneAnswer()).filter(Value.Inline.class::isInstance))
                .hasSize(34);
    }

    @Test
    void shouldShowTheReferenceOfWhatCannotBeRead() {
        Value.Stored lost = new Value.Stored("0".repeat(64), 10, BlobStore.JSON, "…");
        ShownValues shown = hydration.ofOneAnswer();

        assertThat(shown.apply(lost)).isSameAs(lost);
        assertThat(shown.apply(lost)).isSameAs(lost);
        assertThat(shown.problems()).singleElement().satisfies(damage -> {
            assertThat(damage.code()).isEqualTo(ProblemCode.STORAGE_DAMAGED);
            assertThat(damage.kind()).isEqualTo(Damage.Kind.OUTPUT);
            assertThat(damage.ref()).isEqualTo(lost.ref());
        });
    }
}
