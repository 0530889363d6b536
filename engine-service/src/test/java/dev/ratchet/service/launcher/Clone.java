package dev.ratchet.service.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A clone in small: the real launcher, around it a JDK and a Maven that only say how they were called. */
final class Clone {
    private final Path root;
    private final Path host;
    private final Map<String, String> variables = new HashMap<>();

    Clone(Path folder) throws IOException {
        root = Files.createDirectories(folder.resolve("clone"));
        host = Files.createDirectories(folder.resolve("host"));
        Files.copy(Path.of("..", "ratchet"), root.resolve("ratchet"));
        Files.setPosixFilePermissions(root.resolve("ratchet"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(root.resolve("engine-service/src/main"));
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        Files.writeString(root.resolve("engine-service/pom.xml"), "<project/>");
        touch("engine-service/src/main/Some.java", Instant.now().minusSeconds(60));
        variables.put("PATH", "/usr/bin:/bin");
        variables.put("HOME", host.toString());
        variables.put("RATCHET_MVN", maven("", 0).toString());
    }

    Path jdk(String name, int major) throws IOException {
        Path home = host.resolve(name);
        Path java = script(home.resolve("bin/java"), """
                if [ -n "${JAVA_WRITES:-}" ]; then : > "$JAVA_WRITES"; fi
                case "$*" in *temporal-cli) echo /the/temporal ;; *) echo "java %d: $*" ;; esac
                exit ${JAVA_STATUS:-0}""".formatted(major));
        script(home.resolve("bin/javac"), "exit 0");
        Files.writeString(
                home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"%d.0.1\"\n".formatted(major));
        return java.resolve("../..").normalize();
    }

    /** A Maven that notes its arguments, makes the two jars, and then does as it is told. */
    Path maven(String output, int status) throws IOException {
        return script(host.resolve("maven-" + status), """
                echo "TEMPORAL_CLI=$TEMPORAL_CLI $*" >> "%s"
                mkdir -p engine-service/target/run/lib engine-service/target/surefire-reports
                : > engine-service/target/run/lib/a.jar; : > engine-service/target/run/engine-service-1.jar
                {
                    echo '<testsuite name="A" tests="7" errors="1" skipped="2" failures="1">'
                    echo '  <testcase name="one" classname="a.OneTest" time="0.0">'
                    echo '    <skipped message="needs a snake"/>'
                    echo '  </testcase>'
                    echo '  <testcase name="" classname="a.TwoTest" time="0.0">'
                    echo '    <skipped message="needs another" type="x">'
                } > engine-service/target/surefire-reports/TEST-A.xml
                for option in "$@"; do
                    case $option in -Dchaos.report=*) echo "$MAVEN_WRITES" > "${option#*=}" ;; esac
                done
                echo "%s"
                exit %d""".formatted(host.resolve("calls"), output, status));
    }

    void set(String variable, String value) {
        variables.put(variable, value);
    }

    void touch(String file, Instant when) throws IOException {
        Path path = root.resolve(file);
        if (!Files.exists(path)) {
            Files.writeString(path, "");
        }
        Files.setLastModifiedTime(path, FileTime.from(when));
        Files.setLastModifiedTime(
                root.resolve("engine-service/src/main"),
                FileTime.from(Instant.now().minusSeconds(60)));
    }

    /** How Maven was called, one line for each time. */
    List<String> mavenCalls() throws IOException {
        Path calls = host.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    Path root() {
        return root;
    }

    Result run(String... arguments) throws Exception {
        return run(root.resolve("ratchet"), arguments);
    }

    Result run(Path launcher, String... arguments) throws Exception {
        Path out = Files.createTempFile(host, "out", null);
        Path err = Files.createTempFile(host, "err", null);
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(host.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(variables);
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("Expected the launcher to end, but it did not");
        }
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static Path script(Path file, String body) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    record Result(int status, String out, String err) {}
}
