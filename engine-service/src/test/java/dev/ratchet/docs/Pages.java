package dev.ratchet.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The pages of this repository, as files and as text. */
final class Pages {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Set<String> NOT_OURS =
            Set.of(".git", ".ratchet", "target", ".idea", ".vscode", "node_modules");
    private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");
    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");

    private Pages() {}

    static String read(String page) {
        return read(ROOT.resolve(page));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that is written by hand here, without what builds and tools leave behind. */
    static List<Path> files() {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return NOT_OURS.contains(folder.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    files.add(file);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    static Stream<Path> markdown() {
        return files().stream().filter(file -> file.toString().endsWith(".md"));
    }

    /** The text under a heading, up to the next of its level. */
    static String section(String page, String heading) {
        String level = heading.replaceFirst(" .*", "");
        Pattern section =
                Pattern.compile("(?ms)^" + Pattern.quote(heading) + "$(.*?)(?=^#{1," + level.length() + "} |\\z)");
        return section.matcher(read(page))
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElse("");
    }

    /** What stands between backticks outside of code blocks. */
    static Set<String> code(String text) {
        return CODE.matcher(withoutBlocks(text))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    /** The code blocks of a language. */
    static List<String> blocks(String text, String language) {
        return FENCE.matcher(text)
                .results()
                .filter(found -> found.group(1).equals(language))
                .map(found -> found.group(2))
                .toList();
    }

    static String withoutBlocks(String text) {
        return FENCE.matcher(text).replaceAll("");
    }

    /** The first cell of each row of the tables in a text. */
    static List<String> firstCells(String text) {
        return text.lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| ---"))
                .map(line -> line.substring(2, line.indexOf(" |", 1)).strip())
                .toList();
    }

    /** Anchors of a page's headings, as the usual renderers make them. */
    static Set<String> anchors(String text) {
        return HEADING.matcher(withoutBlocks(text)).results().map(Pages::anchor).collect(Collectors.toSet());
    }

    private static String anchor(MatchResult heading) {
        return heading.group(1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .strip()
                .replace(' ', '-');
    }
}
