package dev.ratchet.task.blob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.run.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobInspectionTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private FolderBlobStore store;

    @BeforeEach
    void open() {
        store = new FolderBlobStore(folder);
    }

    @Test
    void shouldFindNothingInASoundStoreAndNothingWhereThereIsNone() throws IOException {
        Value.Stored stored = put("sound");
        store.grant("acme", stored.ref(), "text/plain");

        assertThat(BlobInspection.of(folder, LONG, files -> {}))
                .isEqualTo(new BlobInspection.Report(1, 5, 0, List.of(), true));
        assertThat(BlobInspection.of(folder.resolve("absent"), LONG, files -> {})
                        .files())
                .isZero();
    }

    @Test
    void shouldNameWhatIsDamagedAndWhatItWas() throws IOException {
        put("sound");
        List<Long> progress = new ArrayList<>();
        Value.Stored page = put("[{\"key\":\"a\",\"state\":\"completed\"}]");
        Value.Stored plan = put("{\"policy\":{\"maxParallelism\":16},\"root\":[]}");
        Value.Stored document = put("{\"policy\":{},\"tasks\":[]}");
        for (Value.Stored stored : List.of(page, plan, document)) {
            Path file = fileOf(stored.ref());
            byte[] content = Files.readAllBytes(file);
            content[content.length - 2] ^= 1;
            Files.write(file, content);
        }

        BlobInspection.Report report = BlobInspection.of(folder, LONG, progress::add);

        assertThat(report.lost()).isEqualTo(3);
        assertThat(report.files()).isEqualTo(4);
        assertThat(report.whole()).isTrue();
        assertThat(report.damaged())
                .containsExactlyInAnyOrder(
                        new BlobInspection.Damaged(
                                folder.relativize(fileOf(page.ref())), page.size(), "a page of tasks"),
                        new BlobInspection.Damaged(folder.relativize(fileOf(plan.ref())), plan.size(), "a plan"),
                        new BlobInspection.Damaged(
                                folder.relativize(fileOf(document.ref())), document.size(), "a document"));
        assertThat(progress).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void shouldSayThatItDidNotLookAtAll() throws IOException {
        put("sound");

        BlobInspection.Report report = BlobInspection.of(folder, Duration.ZERO, files -> {});

        assertThat(report.whole()).isFalse();
        assertThat(report.files()).isZero();
    }

    private Value.Stored put(String text) {
        return store.put(text.getBytes(StandardCharsets.UTF_8), BlobStore.JSON);
    }

    private Path fileOf(String ref) {
        return folder.resolve(ref.substring(0, 2)).resolve(ref.substring(2, 4)).resolve(ref);
    }
}
