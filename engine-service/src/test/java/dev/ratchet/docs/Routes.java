package dev.ratchet.docs;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The routes that there are, as {@code GET /runs/{id}}. */
public final class Routes {
    private Routes() {}

    public static Set<String> all() {
        return new ClassFileImporter()
                .importPackages("dev.ratchet.service.resources").stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .flatMap(Routes::routesOf)
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
