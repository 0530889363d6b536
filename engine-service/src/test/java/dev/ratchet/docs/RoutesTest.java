package dev.ratchet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

        assertThat(described).isEqualTo(routes());
    }

    @Test
    void shouldCallRoutesThatThereAre() {
        List<Pattern> known = routes().stream()
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

    private static Set<String> routes() {
        return new ClassFileImporter()
                .importPackages("dev.ratchet.service.resources").stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .flatMap(RoutesTest::routesOf)
                        .collect(Collectors.toSet());
    }

    private static Stream<String> routesOf(JavaClass resource) {
        return resource.getMethods().stream()
                .filter(method -> method.isMetaAnnotatedWith(HttpMethod.class))
                .map(method -> verb(method) + " " + path(resource, method));
    }

    private static String verb(JavaMethod method) {
        return method.getAnnotations().stream()
                .filter(annotation -> annotation.getRawType().isAnnotatedWith(HttpMethod.class))
                .map(annotation -> annotation
                        .getRawType()
                        .getAnnotationOfType(HttpMethod.class)
                        .value())
                .findFirst()
                .orElseThrow();
    }

    private static String path(JavaClass resource, JavaMethod method) {
        String base = resource.getAnnotationOfType(Path.class).value();
        String below = method.tryGetAnnotationOfType(Path.class)
                .map(path -> "/" + path.value())
                .orElse("");
        return (base + below).replaceFirst("^/?api/v1", "");
    }
}
