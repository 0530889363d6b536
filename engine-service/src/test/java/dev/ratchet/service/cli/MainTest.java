package dev.ratchet.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class MainTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    private CommandLine commandLine() {
        return Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    }

    @Test
    void shouldListTheCommandsInHelp() {
        assertThat(run("--help")).isEqualTo(ExitStatus.COMPLETED);
        assertThat(out.toString()).contains("doctor", "test", "Exit status").doesNotContain("temporal-cli");
    }

    @Test
    void shouldDescribeEachCommandInItsOwnHelp() {
        assertThat(Main.commandLine().getSubcommands())
                .isNotEmpty()
                .allSatisfy((name, command) -> assertThat(
                                command.getCommandSpec().usageMessage().description())
                        .as(name)
                        .isNotEmpty());
    }

    @Test
    void shouldSayItsVersion() {
        assertThat(run("--version")).isEqualTo(ExitStatus.COMPLETED);
        assertThat(out.toString()).startsWith("ratchet ").contains(System.getProperty("java.version"));
    }

    @Test
    void shouldAnswerBadUsageWithStatusTwo() {
        assertThat(run("nonsense")).isEqualTo(ExitStatus.REFUSED);
        assertThat(err.toString()).contains("nonsense");
    }

    @Test
    void shouldAnswerABadConfigurationWithStatusTwoAndOneSentence() throws Exception {
        Path file = Files.writeString(folder.resolve("bad.yaml"), "prot: 1");

        assertThat(run("doctor", "--config", file.toString())).isEqualTo(ExitStatus.REFUSED);
        assertThat(err.toString())
                .startsWith("ratchet: Expected only known keys in " + file)
                .doesNotContain("\tat ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldEndWithTheStatusThatACommandChose() {
        CommandLine line =
                Main.commandLine().addSubcommand("fail", new Failing()).setErr(new PrintWriter(err));

        assertThat(line.execute("fail")).isEqualTo(ExitStatus.UNREACHABLE);
        assertThat(err.toString()).isEqualTo("ratchet: Expected an engine, but none answers" + System.lineSeparator());
    }

    @Test
    void shouldSendTestToTheLauncher() {
        assertThat(run("test")).isEqualTo(ExitStatus.REFUSED);
        assertThat(err.toString()).contains("./ratchet test");
    }

    @Command(name = "fail")
    static final class Failing implements Runnable {
        @Override
        public void run() {
            throw new CommandException(ExitStatus.UNREACHABLE, "Expected an engine, but none answers");
        }
    }
}
