package dev.ratchet.service.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ratchet.service.config.Environment;
import dev.ratchet.service.embedded.TemporalCli.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporalCliTest {
    @TempDir
    Path host;

    private final Map<String, String> variables = new HashMap<>();
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void givenAHostWithoutACli() {
        variables.put("PATH", "/usr/bin:/bin");
        variables.put("XDG_CACHE_HOME", host.resolve("cache").toString());
    }

    private Environment environment() {
        return new Environment(variables, host);
    }

    private void givenOnPath(Path folder) {
        variables.put("PATH", folder + ":/usr/bin:/bin");
    }

    @Test
    void shouldFindNothingOnABareHost() {
        assertThat(TemporalCli.find(environment())).isEmpty();
    }

    @Test
    void shouldPreferTheNamedCliToThePathAndThePathToTheCache() throws IOException {
        Path cached = FakePrograms.temporal(host.resolve("cache/ratchet/temporal/1.5.1"), "1.29.1");
        assertThat(TemporalCli.find(environment()))
                .contains(new TemporalCli(cached, Source.CACHE, new ServerVersion(1, 29, 1)));

        Path installed = FakePrograms.temporal(host.resolve("bin"), "1.30.0");
        givenOnPath(host.resolve("bin"));
        assertThat(TemporalCli.find(environment()))
                .contains(new TemporalCli(installed, Source.PATH, new ServerVersion(1, 30, 0)));

        Path named = FakePrograms.temporal(host.resolve("mine"), "1.31.2");
        variables.put("TEMPORAL_CLI", named.toString());
        assertThat(TemporalCli.find(environment()))
                .contains(new TemporalCli(named, Source.TEMPORAL_CLI, new ServerVersion(1, 31, 2)));
    }

    @Test
    void shouldPassOverACliOnThePathThatIsTooOld() throws IOException {
        FakePrograms.temporal(host.resolve("bin"), "1.28.4");
        givenOnPath(host.resolve("bin"));

        assertThat(TemporalCli.find(environment())).isEmpty();
    }

    @Test
    void shouldRefuseANamedCliThatIsTooOld() throws IOException {
        variables.put(
                "TEMPORAL_CLI",
                FakePrograms.temporal(host.resolve("mine"), "1.28.4").toString());

        assertThatThrownBy(() -> TemporalCli.find(environment()))
                .isInstanceOf(TemporalUnavailableException.class)
                .hasMessageContaining("Expected TEMPORAL_CLI to name a Temporal CLI with server 1.29.0 or newer")
                .hasMessageContaining("has server 1.28.4");
    }

    @Test
    void shouldRefuseANamedCliThatIsNone() {
        variables.put("TEMPORAL_CLI", host.resolve("absent").toString());

        assertThatThrownBy(() -> TemporalCli.find(environment()))
                .isInstanceOf(TemporalUnavailableException.class)
                .hasMessageContaining("is no Temporal CLI that runs here");
    }

    @Test
    void shouldBuildWithGoIntoTheCacheWhenTheDownloadIsOutOfReach() throws IOException {
        FakePrograms.go(host.resolve("bin"), "1.25.3", "1.29.1");
        givenOnPath(host.resolve("bin"));
        Environment environment = environment();

        TemporalCli built =
                installer(unreachable(), new GoBuild(environment, said::add)).install();

        assertThat(built.source()).isEqualTo(Source.GO);
        assertThat(built.binary()).isEqualTo(host.resolve("cache/ratchet/temporal/1.5.1/temporal"));
        assertThat(said).containsExactly("Building the Temporal CLI 1.5.1 with Go (once, 1 to 3 minutes) ...");
        assertThat(TemporalCli.find(environment)).map(TemporalCli::source).contains(Source.CACHE);
    }

    @Test
    void shouldSayWhatWasTriedWhenNoWayIsOpen() throws IOException {
        FakePrograms.go(host.resolve("bin"), "1.24.9", "1.29.1");
        givenOnPath(host.resolve("bin"));

        assertThatThrownBy(() -> installer(unreachable(), new GoBuild(environment(), said::add))
                        .install())
                .isInstanceOf(TemporalUnavailableException.class)
                .hasMessageContaining("- DOWNLOAD: expected to reach the site, but it is not there")
                .hasMessageContaining("- GO: expected Go 1.25 or newer")
                .hasMessageContaining("go1.24.9")
                .hasMessageContaining("set TEMPORAL_CLI");
        assertThat(said).isEmpty();
    }

    @Test
    void shouldNotKeepWhatDoesNotRun() throws IOException {
        CliSupply broken = supply(folder -> FakePrograms.script(folder.resolve("broken"), "exit 3"));

        assertThatThrownBy(() -> installer(broken).install())
                .isInstanceOf(TemporalUnavailableException.class)
                .hasMessageContaining("expected a CLI that runs here");
        assertThat(TemporalCli.find(environment())).isEmpty();
    }

    @Test
    void shouldInstallOnceForConcurrentCallers() {
        CliSupply counted = supply(folder -> {
            said.add("fetched");
            return FakePrograms.temporal(folder.resolve("fresh"), "1.29.1");
        });

        List<CompletableFuture<TemporalCli>> callers = IntStream.range(0, 4)
                .mapToObj(i ->
                        CompletableFuture.supplyAsync(() -> installer(counted).install()))
                .toList();

        assertThat(callers)
                .extracting(CompletableFuture::join)
                .extracting(TemporalCli::binary)
                .containsOnly(host.resolve("cache/ratchet/temporal/1.5.1/temporal"));
        assertThat(said).containsExactly("fetched");
    }

    @Test
    void shouldReadTheServersVersionFromTheBanner() {
        assertThat(ServerVersion.ofBanner("temporal version 0.0.0-DEV (Server 1.29.1, UI 2.42.1)"))
                .contains(new ServerVersion(1, 29, 1));
        assertThat(ServerVersion.ofBanner("temporal version 1.5.1")).isEmpty();
        assertThat(ServerVersion.parse("1.30.0\n")).contains(new ServerVersion(1, 30, 0));
        assertThat(ServerVersion.parse("newest")).isEmpty();
        assertThat(new ServerVersion(1, 9, 9)).isLessThan(new ServerVersion(1, 29, 0));
    }

    private TemporalCliInstaller installer(CliSupply... supplies) {
        return new TemporalCliInstaller(new TemporalCliFinder(environment()), List.of(supplies));
    }

    private static CliSupply unreachable() {
        return supply(folder -> {
            throw new IOException("expected to reach the site, but it is not there");
        });
    }

    private static CliSupply supply(Fetch fetch) {
        return new CliSupply() {
            @Override
            public Source source() {
                return Source.DOWNLOAD;
            }

            @Override
            public Path into(Path folder) throws IOException {
                return fetch.into(folder);
            }
        };
    }

    private interface Fetch {
        Path into(Path folder) throws IOException;
    }
}
