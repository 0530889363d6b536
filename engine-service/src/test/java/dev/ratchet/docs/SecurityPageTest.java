package dev.ratchet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each row of {@code docs/security.md} names the test that shows it. */
class SecurityPageTest {
    private static final Pattern METHOD = Pattern.compile("void (should\\w+)\\(");
    private static final Pattern NAMED = Pattern.compile("`(should\\w+|\\w+Test)`");

    @Test
    void shouldNameTestsThatThereAre() throws IOException {
        Set<String> tests = tests();
        String page = Files.readString(Path.of("../docs/security.md"));

        Set<String> named =
                NAMED.matcher(page).results().map(found -> found.group(1)).collect(Collectors.toSet());

        assertThat(named).isNotEmpty();
        assertThat(tests).containsAll(named);
    }

    @Test
    void shouldNameATestInEachRow() throws IOException {
        String page = Files.readString(Path.of("../docs/security.md"));

        assertThat(page.lines().filter(line -> line.startsWith("| ") && !line.startsWith("| ---")))
                .allSatisfy(row -> assertThat(NAMED.matcher(row).find() || row.endsWith("| test |"))
                        .as(row)
                        .isTrue());
    }

    private static Set<String> tests() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            return files.filter(file -> file.toString().endsWith("Test.java")
                            && file.toString().contains("src/test"))
                    .flatMap(SecurityPageTest::names)
                    .collect(Collectors.toSet());
        }
    }

    private static Stream<String> names(Path file) {
        try {
            return Stream.concat(
                    Stream.of(file.getFileName().toString().replace(".java", "")),
                    METHOD.matcher(Files.readString(file)).results().map(found -> found.group(1)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
