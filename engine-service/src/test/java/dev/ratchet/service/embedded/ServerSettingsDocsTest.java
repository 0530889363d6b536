package dev.ratchet.service.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whoever runs a Temporal of their own reads in {@code docs/operations.md} what the embedded one is started with. */
class ServerSettingsDocsTest {
    @Test
    void shouldHaveARowForEachSetting() throws IOException {
        List<String> command = ServerCommand.of(Path.of("temporal"), Path.of("temporal.db"), 7233, null, Map.of());
        String page = Files.readString(Path.of("../docs/operations.md"));

        List<String[]> settings = IntStream.range(1, command.size())
                .filter(at -> command.get(at - 1).equals("--dynamic-config-value"))
                .mapToObj(at -> command.get(at).split("=", 2))
                .toList();

        assertThat(settings)
                .isNotEmpty()
                .allSatisfy(setting -> assertThat(page.lines())
                        .anyMatch(line -> line.contains("`" + setting[0] + "`")
                                && line.contains("| " + setting[1].replace("\"", "") + " |")));
    }
}
