package dev.ratchet.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts are cut, and readers of JSON made, in one place each: read from the sources of all modules. */
class TextRulesTest {
    /** The beginning of a text up to a number, a limit or a length: a cut. Up to a sign that was found: no cut. */
    private static final Pattern CUT = Pattern.compile(
            "substring\\(\\s*0,\\s*(?:[0-9]{2,}|[A-Z_]{3,}|Math\\.min|(?:max|most|limit)\\b|[^;]*\\?\\s*[A-Z_]{3,})"
                    + "|substring\\([^;]*\\)\\s*\\+\\s*\"…\"");

    /** A mapper that nobody told to keep the digits of numbers. */
    private static final Pattern MAPPER =
            Pattern.compile("new ObjectMapper\\(|(?<!exact\\()(?:JsonMapper|YAMLMapper)\\.builder\\(");

    /** Reads and writes one small file of its own, in which there are ports and ids. */
    private static final Set<String> MAPPERS_OF_THEIR_OWN = Set.of("DataFolder.java");

    @Test
    void shouldCutTextsInOnePlaceOnly() throws IOException {
        assertThat(found(CUT, Set.of("Text.java"))).isEmpty();
    }

    @Test
    void shouldKeepTheDigitsOfNumbersInEveryMapper() throws IOException {
        assertThat(found(MAPPER, MAPPERS_OF_THEIR_OWN)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text.substring(0, 80)",
                "text.substring(0, MAX_NAME - 1)",
                "text.substring(0, Math.min(text.length(), 9))",
                "text.substring(0, max)",
                "line.substring(0, end) + \"…\"",
                "name.substring(0, Character.isHighSurrogate(name.charAt(62)) ? LABEL : 63)"
            })
    void shouldCatchACut(String source) {
        assertThat(CUT.matcher(source).find()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text.substring(0, colon)", "text.substring(0, text.length() - 2)", "hash.substring(0, 2)"})
    void shouldLetPassWhatIsNoCut(String source) {
        assertThat(CUT.matcher(source).find()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"new ObjectMapper()", "JsonMapper.builder().build()", "= YAMLMapper.builder(x)"})
    void shouldCatchAMapper(String source) {
        assertThat(MAPPER.matcher(source).find()).isTrue();
    }

    private static List<String> found(Pattern pattern, Set<String> allowed) throws IOException {
        List<String> found = new ArrayList<>();
        for (String module : List.of("engine-workflows", "engine-activities", "engine-service")) {
            Path sources = Path.of("..", module, "src", "main", "java");
            try (Stream<Path> files = Files.walk(sources)) {
                for (Path file : files.filter(each -> each.toString().endsWith(".java"))
                        .filter(each -> !allowed.contains(each.getFileName().toString()))
                        .toList()) {
                    pattern.matcher(Files.readString(file))
                            .results()
                            .forEach(hit -> found.add(file.getFileName() + ": " + hit.group()));
                }
            }
        }
        return found;
    }
}
