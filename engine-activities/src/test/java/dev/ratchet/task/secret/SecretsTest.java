package dev.ratchet.task.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    @TempDir
    private Path folder;

    @Test
    void shouldReadASecretFromAFileWithoutItsLastLineBreak() throws IOException {
        Files.writeString(folder.resolve("TOKEN"), "abc\n");

        assertThat(new FolderSecrets(folder).find("default", "TOKEN")).isEqualTo("abc");
    }

    @Test
    void shouldPreferTheSecretOfTheOrganization() throws IOException {
        // given
        Files.writeString(folder.resolve("TOKEN"), "shared");
        Files.writeString(Files.createDirectory(folder.resolve("acme")).resolve("TOKEN"), "own");

        // then
        assertThat(new FolderSecrets(folder).find("acme", "TOKEN")).isEqualTo("own");
        assertThat(new FolderSecrets(folder).find("other", "TOKEN")).isEqualTo("shared");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../TOKEN", "token", "", "acme/TOKEN", "TOKEN\u0000"})
    void shouldNotLookUpWhatIsNoName(String name) throws IOException {
        Files.writeString(folder.resolve("token"), "abc");
        Files.writeString(Files.createDirectory(folder.resolve("acme")).resolve("TOKEN"), "own");

        assertThat(new FolderSecrets(folder).find("default", name)).isNull();
        assertThat(new EnvironmentSecrets(Map.of(name.isEmpty() ? "x" : name, "v"), Set.of(name)).find("default", name))
                .isNull();
    }

    @Test
    void shouldNotFollowAnOrganizationOutOfTheFolder() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Files.writeString(folder.resolve("TOKEN"), "abc");

        assertThat(new FolderSecrets(inner).find("..", "TOKEN")).isNull();
    }

    @Test
    void shouldReadTheVariablesThatSomebodyNamedButNotTheEnginesOwnSettings() {
        Secrets secrets = new EnvironmentSecrets(
                Map.of("TOKEN", "abc", "PATH", "/bin", "RATCHET_DATA", "x", "TEMPORAL_API_KEY", "y"),
                Set.of("TOKEN", "RATCHET_DATA", "TEMPORAL_API_KEY"));

        assertThat(secrets.find("default", "TOKEN")).isEqualTo("abc");
        assertThat(secrets.find("default", "PATH")).isNull();
        assertThat(secrets.find("default", "RATCHET_DATA")).isNull();
        assertThat(secrets.find("default", "TEMPORAL_API_KEY")).isNull();
    }

    @Test
    void shouldAskTheNextSourceForWhatTheFirstLacks() {
        Secrets both = new EnvironmentSecrets(Map.of("A", "1"), Set.of("A"))
                .or(new EnvironmentSecrets(Map.of("A", "2", "B", "3"), Set.of("A", "B")));

        assertThat(both.find("default", "A")).isEqualTo("1");
        assertThat(both.find("default", "B")).isEqualTo("3");
        assertThat(both.find("default", "C")).isNull();
    }
}
