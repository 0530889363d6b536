package dev.ratchet.service.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.run.Value;
import dev.ratchet.service.problem.ProblemCode;
import dev.ratchet.service.problem.ProblemException;
import dev.ratchet.task.blob.FolderBlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may read an artifact is whoever stored it. */
class ArtifactsTest {
    @TempDir
    private Path folder;

    private FolderBlobStore blobs;
    private Artifacts artifacts;

    @BeforeEach
    void open() {
        blobs = new FolderBlobStore(folder);
        artifacts = new Artifacts(blobs);
    }

    @Test
    void shouldFindWhatTheOrganizationStoredOnly() {
        Value.Stored stored = artifacts.store("acme", content("secret"), "text/plain");

        assertThat(artifacts.find("acme", "artifact://" + stored.ref())).isEqualTo(stored);
        assertMissing("other", stored.ref());
        assertMissing("acme", "0".repeat(64));
        assertMissing("acme", "../" + stored.ref());
    }

    /** The output of a task, or the body of a call, may be any bytes. */
    @Test
    void shouldNotTakeContentForOwnership() {
        Value.Stored stored = artifacts.store("acme", content("secret"), "text/plain");
        blobs.put(content("\u0000\u0001ratchet artifact\nother\n" + stored.ref()), "application/octet-stream");
        blobs.put(content("other\n" + stored.ref()), "text/plain");

        assertMissing("other", stored.ref());
    }

    @Test
    void shouldKeepTheTypeThatEachOrganizationGave() {
        Value.Stored first = artifacts.store("acme", content("{}"), "image/png");
        Value.Stored second = artifacts.store("other", content("{}"), "application/json");

        assertThat(second.ref()).isEqualTo(first.ref());
        assertThat(artifacts.find("acme", first.ref()).mimeType()).isEqualTo("image/png");
        assertThat(artifacts.find("other", first.ref()).mimeType()).isEqualTo("application/json");
    }

    @Test
    void shouldTellABodyThatBreaksOff() {
        InputStream broken = new SequenceInputStream(content("half"), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }
        });

        assertThatThrownBy(() -> artifacts.store("acme", broken, "text/plain"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_INPUT));
    }

    private void assertMissing(String organization, String ref) {
        assertThatThrownBy(() -> artifacts.find(organization, ref))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(ProblemCode.NOT_FOUND));
    }

    private static InputStream content(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
