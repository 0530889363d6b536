package dev.ratchet.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.run.EngineVersions;
import dev.ratchet.service.embedded.TemporalForTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records a history of every shape on a real server, under the current engine version. Not part of the build: histories of
 * a released version are never recorded again.
 */
@EnabledIfSystemProperty(named = "record", matches = ".*", disabledReason = "records the corpus anew")
class RecordHistoriesTest {
    @TempDir
    Path folder;

    @Test
    void shouldRecordEveryShape() throws Exception {
        Path version = Corpus.FOLDER.resolve("v" + EngineVersions.CURRENT);
        Corpus.clear(version);
        List<Path> written = new ArrayList<>();
        try (Recorder recorder = new Recorder(folder, TemporalForTests.shared().address(), version)) {
            for (Shape shape : Shapes.all()) {
                written.addAll(recorder.record(shape));
            }
        }
        assertThat(written).hasSizeGreaterThanOrEqualTo(Shapes.all().size()).allMatch(Files::exists);
    }
}
