package dev.ratchet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The routes in {@code docs/api.md} are those of the resources. */
class RoutesTest {
    private static final Pattern HEADING = Pattern.compile("(?m)^### `([A-Z]+ /[^`]*)`$");
    private static final Pattern CALL = Pattern.compile("curl .*?http://127\\.0\\.0\\.1:8080/api/v1(/[^'\\s?]*)");

    @Test
    void shouldDescribeTheRoutesThatThereAre() {
        Set<String> described = HEADING.matcher(Pages.read("docs/api.md"))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());

        assertThat(described).isEqualTo(Routes.all());
    }

    @Test
    void shouldCallRoutesThatThereAre() {
        List<Pattern> known = Routes.all().stream()
                .map(route -> route.substring(route.indexOf('/')).replaceAll("\\{[^}]*}", "[^/]+"))
                .map(Pattern::compile)
                .toList();

        List<String> called = Pages.markdown()
                .flatMap(page -> CALL.matcher(Pages.read(page)).results())
                .map(found -> found.group(1))
                .toList();

        assertThat(called)
                .isNotEmpty()
                .allMatch(path ->
                        known.stream().anyMatch(route -> route.matcher(path).matches()));
    }
}
