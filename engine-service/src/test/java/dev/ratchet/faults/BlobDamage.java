package dev.ratchet.faults;

import dev.ratchet.document.Json;
import dev.ratchet.faults.EngineApi.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Damages stored values of runs that ended, has everything read, and mends them. Not thread-safe. */
final class BlobDamage {
    private static final int NAME = 64;
    private static final int PART = 3;
    private static final List<String> READINGS = List.of("", "/document", "/graph", "/revisions", "/audit");

    private final Path blobs;
    private final Random random;
    private final Findings findings;
    private final Map<Path, byte[]> whole = new LinkedHashMap<>();
    private int told;

    BlobDamage(Path blobs, Random random, Findings findings) {
        this.blobs = blobs;
        this.random = random;
        this.findings = findings;
    }

    /** A third of all values loses a bit, its second half, or itself. */
    void strike() throws IOException {
        List<Path> files = files();
        Collections.shuffle(files, random);
        for (Path file : files.subList(0, (files.size() + PART - 1) / PART)) {
            byte[] content = Files.readAllBytes(file);
            whole.put(file, content);
            switch (random.nextInt(3)) {
                case 0 -> {
                    byte[] flipped = content.clone();
                    flipped[content.length / 2] ^= 1;
                    Files.write(file, flipped);
                }
                case 1 -> Files.write(file, Arrays.copyOf(content, content.length / 2));
                default -> Files.delete(file);
            }
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.exists(blobs)) {
            return new ArrayList<>();
        }
        try (Stream<Path> files = Files.walk(blobs)) {
            return new ArrayList<>(files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().length() == NAME)
                    .filter(file -> !blobs.relativize(file).toString().contains("owned"))
                    .sorted()
                    .toList());
        }
    }

    /** Each reading is answered, whole or saying what it lacks, and never with 500. */
    void read(PatientClient client, List<String> runs) {
        for (String run : runs) {
            for (String reading : READINGS) {
                String path = "/runs/" + run + reading;
                Optional<Answer> answer = client.once(
                        "GET " + path + " with damaged values",
                        () -> client.api().get(path, 30));
                answer.filter(each -> each.status() != 200)
                        .filter(each -> !each.body().path("code").asText().equals("storage_damaged"))
                        .ifPresent(each -> findings.add("storage", run, "%s is answered %s", path, each));
                told += answer.filter(each -> Json.write(each.body()).contains("storage_damaged"))
                                .isPresent()
                        ? 1
                        : 0;
            }
        }
        if (!whole.isEmpty() && told == 0) {
            findings.add("storage", "all", "%d values are damaged, but no reading says so", whole.size());
        }
    }

    void mend() {
        whole.forEach((file, content) -> {
            try {
                Files.write(file, content);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
    }

    /** Once all is mended, nothing is told to be lacking. */
    void readMended(PatientClient client, List<String> runs) {
        for (String run : runs) {
            client.once("GET /runs/" + run + " once mended", () -> client.api().get("/runs/" + run, 30))
                    .filter(answer -> answer.status() != 200 || answer.body().has("problems"))
                    .ifPresent(answer -> findings.add("storage", run, "is answered once all is mended: %s", answer));
        }
    }

    @Override
    public String toString() {
        return "%d stored values damaged, told by %d readings".formatted(whole.size(), told);
    }
}
