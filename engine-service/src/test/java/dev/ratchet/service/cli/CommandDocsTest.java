package dev.ratchet.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code docs/cli.md} lists the commands and options that there are. */
class CommandDocsTest {
    private static final Set<String> EVERYWHERE = Set.of("-h", "-V");

    @Test
    void shouldHaveARowForEachCommandAndNoOther() throws IOException {
        List<String> rows = rows("| command |")
                .map(row -> row.replaceFirst("^\\| `(\\w[\\w-]*).*", "$1"))
                .toList();

        assertThat(rows)
                .containsExactlyInAnyOrderElementsOf(
                        commands().map(CommandSpec::name).toList());
    }

    @Test
    void shouldNameEveryOption() throws IOException {
        String page = Files.readString(Path.of("../docs/cli.md"));
        Set<String> options = commands()
                .flatMap(command -> command.options().stream())
                .filter(option -> !option.hidden())
                .map(option -> option.shortestName())
                .filter(option -> !EVERYWHERE.contains(option))
                .collect(Collectors.toSet());

        assertThat(options).isNotEmpty().allMatch(page::contains);
    }

    @Test
    void shouldNotPutOffACommandThatIsThere() throws IOException {
        String row = Files.readAllLines(Path.of("../docs/roadmap.md")).stream()
                .filter(line -> line.startsWith("| commands"))
                .findFirst()
                .orElseThrow();

        assertThat(commands().map(command -> "`" + command.name() + "`")).noneMatch(row::contains);
    }

    private static Stream<CommandSpec> commands() {
        return Main.commandLine().getSubcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(command -> !command.usageMessage().hidden())
                .distinct();
    }

    /** The rows of the table that begins with this header. */
    private static Stream<String> rows(String header) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("../docs/cli.md"));
        int at = lines.stream().map(line -> line.startsWith(header)).toList().indexOf(true);
        return lines.stream().skip(at + 2L).takeWhile(line -> line.startsWith("|"));
    }
}
