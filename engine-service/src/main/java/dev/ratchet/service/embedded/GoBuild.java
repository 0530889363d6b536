package dev.ratchet.service.embedded;

import dev.ratchet.service.config.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Builds the CLI from its source where only Go's module proxy can be reached. Takes one to three minutes. */
final class GoBuild implements CliSupply {
    private static final String MODULE = "github.com/temporalio/cli/cmd/temporal@v" + TemporalCli.RELEASE;
    private static final int OLDEST_MINOR = 25;
    private static final Pattern VERSION = Pattern.compile("go version go1\\.(\\d+)");
    private static final Duration VERSION_WITHIN = Duration.ofSeconds(20);
    private static final Duration DONE_WITHIN = Duration.ofMinutes(30);
    private final Environment environment;
    private final Consumer<String> progress;

    GoBuild(Environment environment, Consumer<String> progress) {
        this.environment = environment;
        this.progress = progress;
    }

    /** True if a Go that is new enough is here. */
    boolean possible() {
        try {
            go();
            return true;
        } catch (IOException none) {
            return false;
        }
    }

    @Override
    public TemporalCli.Source source() {
        return TemporalCli.Source.GO;
    }

    @Override
    public Path into(Path folder) throws IOException {
        Path go = go();
        Path bin = Files.createDirectories(folder.resolve("go-bin"));
        progress.accept("Building the Temporal CLI " + TemporalCli.RELEASE + " with Go (once, 1 to 3 minutes) ...");
        ProcessBuilder builder =
                new ProcessBuilder(List.of(go.toString(), "install", MODULE)).directory(folder.toFile());
        Map<String, String> variables = builder.environment();
        List.of("GOOS", "GOARCH", "GOWORK").forEach(variables::remove);
        variables.put("GOBIN", bin.toString());
        variables.put("GOFLAGS", "-trimpath");
        CommandResult result = CommandResult.of(builder, DONE_WITHIN);
        if (!result.succeeded()) {
            throw new IOException("expected 'go install " + MODULE + "' to pass, but it failed:\n" + result.tail());
        }
        return bin.resolve("temporal");
    }

    private Path go() throws IOException {
        Path go = environment
                .onPath("go")
                .or(() -> Optional.of(Path.of("/usr/local/go/bin/go")).filter(Files::isExecutable))
                .orElseThrow(() -> new IOException(
                        "expected Go 1.%d or newer, but there is no go on the PATH".formatted(OLDEST_MINOR)));
        String banner = CommandResult.of(new ProcessBuilder(go.toString(), "version"), VERSION_WITHIN)
                .output();
        Matcher matcher = VERSION.matcher(banner);
        if (!matcher.find() || Integer.parseInt(matcher.group(1)) < OLDEST_MINOR) {
            throw new IOException(
                    "expected Go 1.%d or newer, but %s says: %s".formatted(OLDEST_MINOR, go, banner.strip()));
        }
        return go;
    }
}
