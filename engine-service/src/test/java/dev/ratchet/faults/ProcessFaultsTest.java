package dev.ratchet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults that are nothing but a limit or a library really do what they are named after. */
class ProcessFaultsTest {
    @TempDir
    Path folder;

    @Test
    void shouldLetAProcessWriteNothingWhileItsDiskIsFull() throws Exception {
        assumeThat(DiskLimit.isThere()).isTrue();
        Path file = folder.resolve("ledger.jsonl");
        try (JvmProcess process = JvmProcess.startTalking("ledger", folder, EffectLedger.class, file.toString())) {
            URI uri = URI.create("http://127.0.0.1:" + process.firstLine() + "/effect/a");

            DiskLimit.fill(process);
            assertThatThrownBy(() -> call(uri)).isInstanceOf(IOException.class);
            assertThat(file).isEmptyFile();
            DiskLimit.free(process);
            assertThat(call(uri)).isEqualTo(200);
        }
    }

    @Test
    void shouldPutTheClockOfAProcessOff() throws Exception {
        Optional<ClockShim> clock = ClockShim.make(folder);
        assumeThat(clock).isPresent();
        long before = System.currentTimeMillis();

        try (JvmProcess process =
                JvmProcess.start("clock", folder, clock.orElseThrow().environment(-600), ProcessFaultsTest.class)) {
            process.awaitEnd(60);
        }

        long told = Long.parseLong(Files.readString(folder.resolve("clock.log")).strip());
        assertThat(told).isBetween(before - 600_000, before - 540_000);
    }

    /** The program whose clock is off. */
    public static void main(String[] arguments) {
        System.out.println(System.currentTimeMillis());
    }

    private static int call(URI uri) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .timeout(Duration.ofSeconds(10))
                    .header("Idempotency-Key", "default/r/a")
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        }
    }
}
