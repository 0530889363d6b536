package dev.ratchet.service.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The TCP ports on which a process listens, as Linux tells it. */
final class ListeningPorts {
    private static final String LISTENS = "0A";

    private ListeningPorts() {}

    static List<Integer> of(long pid) throws IOException {
        Path process = Path.of("/proc/" + pid);
        Set<String> sockets = sockets(process);
        try (Stream<String> lines =
                Stream.concat(Files.lines(process.resolve("net/tcp")), Files.lines(process.resolve("net/tcp6")))) {
            return lines.map(line -> line.strip().split("\\s+"))
                    .filter(fields -> fields.length > 9 && fields[3].equals(LISTENS) && sockets.contains(fields[9]))
                    .map(fields -> Integer.parseInt(fields[1].substring(fields[1].lastIndexOf(':') + 1), 16))
                    .distinct()
                    .toList();
        }
    }

    private static Set<String> sockets(Path process) throws IOException {
        try (Stream<Path> open = Files.list(process.resolve("fd"))) {
            return open.map(ListeningPorts::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.substring("socket:[".length(), target.length() - 1))
                    .collect(Collectors.toSet());
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
