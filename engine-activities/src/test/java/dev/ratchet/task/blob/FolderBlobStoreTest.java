package dev.ratchet.task.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.run.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderBlobStoreTest {
    /** The well-known digest of "abc". */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    private Path folder;

    @Test
    void shouldGiveBackWhatWasStoredUnderTheHashOfItsContent() throws IOException {
        // when
        Value.Stored stored = store().put(bytes("abc"), "text/plain");

        // then
        assertThat(stored).isEqualTo(new Value.Stored(ABC, 3, "text/plain", null));
        try (Blob blob = store().open(ABC)) {
            assertThat(blob.content().readAllBytes()).isEqualTo(bytes("abc"));
            assertThat(blob.size()).isEqualTo(3);
            assertThat(blob.mimeType()).isEqualTo("text/plain");
        }
        assertThat(folder.resolve("ba").resolve("78").resolve(ABC)).exists();
    }

    @Test
    void shouldKnowWhoseABlobIs() {
        Value.Stored stored = store().put(bytes("abc"), "text/plain");
        assertThat(store().granted("acme", ABC)).isEmpty();
        store().grant("acme", "artifact://" + stored.ref(), "image/png");

        assertThat(store().granted("acme", ABC)).contains("image/png");
        assertThat(store().granted("Acme", ABC)).isEmpty();
        assertThat(store().granted("..", ABC)).isEmpty();
        store().grant("Acme", ABC, BlobStore.JSON);
        assertThat(store().granted("acme", ABC)).contains("image/png");
        assertThat(store().granted("Acme", ABC)).contains(BlobStore.JSON);
        assertThatThrownBy(() -> store().granted("acme", "../" + ABC)).isInstanceOf(BlobException.class);
        assertThatThrownBy(() -> store().grant("acme", "x", BlobStore.JSON)).isInstanceOf(BlobException.class);
    }

    @Test
    void shouldKeepOneFileHoweverOftenAContentIsStored() throws IOException {
        // given
        store().put(bytes("abc"), BlobStore.JSON);

        // when
        store().put(bytes("abc"), "text/plain");

        // then
        assertThat(files()).containsExactly(ABC);
        try (Blob blob = store().open(ABC)) {
            assertThat(blob.mimeType()).isEqualTo(BlobStore.JSON);
        }
    }

    @Test
    void shouldRenewTheTimeStampOfABlobThatIsStoredAgain() throws IOException {
        // given
        store().put(bytes("abc"), BlobStore.JSON);
        Path file = folder.resolve("ba").resolve("78").resolve(ABC);
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));

        // when
        store().put(bytes("abc"), BlobStore.JSON);

        // then
        assertThat(Files.getLastModifiedTime(file).toInstant()).isAfter(Instant.EPOCH);
    }

    @Test
    void shouldKeepJsonWithAPreviewAndGiveItBackEqual() {
        // given
        JsonNode json = Json.read("{\"text\": \"" + "x".repeat(500) + "\", \"n\": 1.50}", JsonNode.class);

        // when
        Value.Stored stored = store().putJson(json);

        // then
        assertThat(store().getJson(stored.ref())).isEqualTo(json);
        assertThat(stored.preview()).startsWith("{\"text\":\"xxx").endsWith("…").hasSize(201);
    }

    @Test
    void shouldRefuseMoreThan64MegabytesAndLeaveNothingBehind() throws IOException {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                return length;
            }
        };

        assertThatThrownBy(() -> store().put(endless, "text/plain"))
                .isInstanceOfSatisfying(
                        BlobException.class, e -> assertThat(e.reason()).isEqualTo(BlobException.Reason.TOO_LARGE))
                .hasMessage("Expected at most 67108864 bytes, but there are more");
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd", "", "ba78", "BA7816BF", "artifact://../x", "/etc/passwd"})
    void shouldNotFindWhatIsNoReference(String ref) {
        assertThatThrownBy(() -> store().open(ref))
                .isInstanceOfSatisfying(
                        BlobException.class, e -> assertThat(e.reason()).isEqualTo(BlobException.Reason.NOT_FOUND));
    }

    @Test
    void shouldNotFindWhatWasNeverStored() {
        assertThatThrownBy(() -> store().open(ABC))
                .hasMessage("Expected a stored value under " + ABC + ", but there is none");
    }

    @Test
    void shouldAcceptTheSpellingWithAScheme() throws IOException {
        store().put(bytes("abc"), BlobStore.JSON);

        try (Blob blob = store().open("artifact://" + ABC)) {
            assertThat(blob.size()).isEqualTo(3);
        }
    }

    @Test
    void shouldServeSeveralWritersAndStoresOnOneFolder() throws Exception {
        // given
        List<Future<Value.Stored>> puts = new ArrayList<>();

        // when
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 64; i++) {
                byte[] content = bytes("content " + i % 8);
                puts.add(threads.submit(() -> new FolderBlobStore(folder).put(content, "text/plain")));
            }
        }

        // then
        for (Future<Value.Stored> put : puts) {
            try (Blob blob = store().open(put.get().ref())) {
                assertThat(BlobRef.of(blob.content().readAllBytes()))
                        .isEqualTo(put.get().ref());
            }
        }
        assertThat(files()).filteredOn(name -> !name.endsWith(".type")).hasSize(8);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    private FolderBlobStore store() {
        return new FolderBlobStore(folder);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
