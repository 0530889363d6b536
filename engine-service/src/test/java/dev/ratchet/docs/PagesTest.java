package dev.ratchet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages as a whole: links lead somewhere, types exist, and nothing is of one machine only. */
class PagesTest {
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern TYPE = Pattern.compile("(?:class|record|interface|enum) ([A-Z]\\w*)");
    private static final Pattern TYPE_NAME = Pattern.compile("[A-Z][a-z]\\w*(?:\\.[A-Z]\\w*)*");
    /** Put together here, so that this file does not hold what it looks for. */
    private static final Pattern HOME = Pattern.compile("(?<![\\w.~])/(?:ro" + "ot|home/\\w+|Us" + "ers/\\w+)/");

    private static final Set<String> OF_THE_JDK = Set.of("ServiceLoader");
    private static final Set<String> TYPES = types();

    static Stream<Path> pages() {
        return Pages.markdown();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shouldLinkToWhatIsThere(Path page) {
        List<String> links = LINK.matcher(Pages.withoutBlocks(Pages.read(page)))
                .results()
                .map(found -> found.group(1))
                .filter(link -> !link.contains("://"))
                .toList();

        assertThat(links).allMatch(link -> leadsSomewhere(page, link));
    }

    @Test
    void shouldCatchALinkThatLeadsNowhere() {
        Path readme = Pages.ROOT.resolve("README.md");

        assertThat(leadsSomewhere(readme, "docs/semantics.md#groups")).isTrue();
        assertThat(leadsSomewhere(readme, "docs/semantics.md#no-such-heading")).isFalse();
        assertThat(leadsSomewhere(readme, "docs/no-such-page.md")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/architecture.md", "CONTRIBUTING.md", "docs/task-types.md", "docs/reliability.md"})
    void shouldNameTypesThatThereAre(String page) {
        assertThat(Pages.code(Pages.read(page)))
                .map(code -> code.replaceFirst(" …$", ""))
                .filteredOn(code -> TYPE_NAME.matcher(code).matches())
                .allMatch(code -> OF_THE_JDK.contains(code)
                        || Stream.of(code.split("\\.")).allMatch(TYPES::contains));
    }

    @Test
    void shouldHoldNoPathOfOneMachine() throws IOException {
        for (Path file : Pages.files()) {
            assertThat(textOf(file))
                    .as(Pages.ROOT.relativize(file).toString())
                    .doesNotContainPattern(HOME)
                    .doesNotContain(Pages.ROOT.toString() + "/");
        }
    }

    private static boolean leadsSomewhere(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
        return Files.exists(target)
                && (parts.length == 1 || Pages.anchors(Pages.read(target)).contains(parts[1]));
    }

    private static Set<String> types() {
        return Pages.files().stream()
                .filter(file -> file.toString().endsWith(".java"))
                .flatMap(file -> TYPE.matcher(Pages.read(file)).results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    /** What is no text holds no path that anybody reads. */
    private static String textOf(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (MalformedInputException binary) {
            return "";
        }
    }
}
