package dev.ratchet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every package says what it is for, and that its types are null-marked. */
class PackagesTest {
    @Test
    void shouldDescribeAndNullMarkEveryPackage() {
        List<Path> packages = Pages.files().stream()
                .filter(file -> file.toString().contains("/src/main/java/")
                        && file.toString().endsWith(".java"))
                .map(Path::getParent)
                .distinct()
                .toList();

        assertThat(packages).isNotEmpty().allSatisfy(folder -> {
            Path info = folder.resolve("package-info.java");
            assertThat(Files.exists(info)).as(info.toString()).isTrue();
            assertThat(Pages.read(info)).contains("/**").contains("@NullMarked");
        });
    }
}
