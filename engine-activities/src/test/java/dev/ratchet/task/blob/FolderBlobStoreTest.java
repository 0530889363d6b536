package dev.ratchet.task.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.run.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
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
import org.junit.jupiter.params.provider.EnumSource;
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

    /** As disks do it: a bit turns, a file is cut, something else stands there, nobody may read it. */
    @ParameterizedTest
    @EnumSource
    void shouldTellADamagedBlobFromAMissingOne(Fault fault) throws IOException {
        byte[] large = "x".repeat(3 * 1024 * 1024).getBytes(StandardCharsets.UTF_8);
        for (byte[] content : List.of(bytes("abc"), large)) {
            Value.Stored stored = store().put(content, "text/plain");
            fault.strike(fileOf(stored.ref()));

            assertThatThrownBy(() -> store().open(stored.ref()))
                    .isInstanceOfSatisfying(BlobException.class, e -> {
                        assertThat(e.reason()).isEqualTo(fault.seenAs);
                        assertThat(e.isLoss()).isTrue();
                    })
                    .hasMessageContaining(stored.ref());
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ANOTHER")
    void shouldMendABlobThatIsStoredAgain(Fault fault) throws IOException {
        store().put(bytes("abc"), "text/plain");
        fault.strike(fileOf(ABC));

        store().put(bytes("abc"), "text/plain");

        assertThat(store().read(ABC, 3)).isEqualTo(bytes("abc"));
    }

    @Test
    void shouldNotTrustATypeThatWasDamaged() throws IOException {
        store().put(bytes("abc"), "text/plain");
        Files.write(fileOf(ABC).resolveSibling(ABC + ".type"), new byte[] {(byte) 0xff, 1});
        store().grant("acme", ABC, "image/png");

        try (Blob blob = store().open(ABC)) {
            assertThat(blob.mimeType()).isEqualTo("application/octet-stream");
        }
        assertThat(store().granted("acme", ABC)).contains("image/png");
    }

    /** A content may not have a name before it is on the disk, nor be answered for before its name is. */
    @Test
    void shouldForceTheFileBeforeItsNameAndTheFoldersAfterIt() {
        RecordingDisk disk = new RecordingDisk();
        FolderBlobStore store = new FolderBlobStore(folder, disk);
        disk.done.clear();

        store.put(bytes("abc"), BlobStore.JSON);

        assertThat(disk.done)
                .containsExactly("write", "force file", "force .", "force ba", "rename " + ABC, "force ba/78");
        disk.done.clear();
        store.put(bytes("abc"), BlobStore.JSON);
        assertThat(disk.done).containsExactly("write", "force file", "force ba/78");
    }

    @ParameterizedTest
    @ValueSource(strings = {"write", "force file", "force ba", "rename " + ABC, "force ba/78"})
    void shouldLeaveNothingOfWhatDoesNotFitAndRecover(String step) throws IOException {
        RecordingDisk disk = new RecordingDisk();
        FolderBlobStore store = new FolderBlobStore(folder, disk);
        disk.fullAt = step;

        assertThatThrownBy(() -> store.put(bytes("abc"), BlobStore.JSON))
                .isInstanceOfSatisfying(
                        BlobException.class, e -> assertThat(e.reason()).isEqualTo(BlobException.Reason.UNAVAILABLE))
                .hasMessage("Expected room for a value in the storage, but its disk is full");
        assertThat(folder.resolve("incoming")).isEmptyDirectory();
        disk.fullAt = "force .";
        assertThatThrownBy(() -> store.grant("acme", ABC, BlobStore.JSON)).hasMessageContaining("disk is full");

        disk.fullAt = "";
        assertThat(store.put(bytes("abc"), BlobStore.JSON).ref()).isEqualTo(ABC);
        assertThat(store.read(ABC, 3)).isEqualTo(bytes("abc"));
        assertThat(folder.resolve("incoming")).isEmptyDirectory();
    }

    @Test
    void shouldSweepWhatADeadProcessLeftBehind() throws IOException {
        store();
        Path old = Files.writeString(folder.resolve("incoming").resolve("blob1.tmp"), "half");
        Path young = Files.writeString(folder.resolve("incoming").resolve("blob2.tmp"), "half");
        Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH));

        store();

        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    private Path fileOf(String ref) {
        return folder.resolve(ref.substring(0, 2)).resolve(ref.substring(2, 4)).resolve(ref);
    }

    private enum Fault {
        FLIPPED(BlobException.Reason.DAMAGED) {
            @Override
            void strike(Path file) throws IOException {
                byte[] content = Files.readAllBytes(file);
                content[content.length / 2] ^= 1;
                Files.write(file, content);
            }
        },
        CUT(BlobException.Reason.DAMAGED) {
            @Override
            void strike(Path file) throws IOException {
                byte[] content = Files.readAllBytes(file);
                Files.write(file, java.util.Arrays.copyOf(content, content.length - 1));
            }
        },
        EMPTY(BlobException.Reason.DAMAGED) {
            @Override
            void strike(Path file) throws IOException {
                Files.write(file, new byte[0]);
            }
        },
        ANOTHER(BlobException.Reason.DAMAGED) {
            @Override
            void strike(Path file) throws IOException {
                Files.delete(file);
                Files.createDirectory(file);
            }
        },
        MISSING(BlobException.Reason.NOT_FOUND) {
            @Override
            void strike(Path file) throws IOException {
                Files.delete(file);
            }
        };

        final BlobException.Reason seenAs;

        Fault(BlobException.Reason seenAs) {
            this.seenAs = seenAs;
        }

        abstract void strike(Path file) throws IOException;
    }

    /** Tells what was done to it, and is full at one step. */
    private final class RecordingDisk implements Disk {
        private final List<String> done = new ArrayList<>();
        private String fullAt = "";

        @Override
        public OutputStream write(Path file) throws IOException {
            take("write");
            return LOCAL.write(file);
        }

        @Override
        public void force(Path path) throws IOException {
            String place = folder.toAbsolutePath().relativize(path).toString();
            take("force "
                    + (Files.isRegularFile(path)
                            ? "file"
                            : place.isEmpty() || place.startsWith("owned") ? "." : place));
            LOCAL.force(path);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            take("rename " + to.getFileName());
            LOCAL.rename(from, to);
        }

        private void take(String step) throws IOException {
            if (step.equals(fullAt)) {
                throw new FileSystemException("x", null, "No space left on device");
            }
            done.add(step);
        }
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
