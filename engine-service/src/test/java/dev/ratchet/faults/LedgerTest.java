package dev.ratchet.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger itself: what all other tests of this package stand on. */
class LedgerTest {
    private static final String KEY = "default/r/a";

    @TempDir
    Path folder;

    private LedgerProcess ledger;

    @BeforeEach
    void start() throws Exception {
        ledger = LedgerProcess.start(folder);
    }

    @AfterEach
    void stop() {
        ledger.close();
    }

    @Test
    void shouldNoteEveryDeliveryAndApplyAKeyOnce() {
        assertThat(call("a", KEY).join().statusCode()).isEqualTo(200);
        assertThat(call("a", KEY).join().statusCode()).isEqualTo(200);

        assertThat(ledger.read().deliveries(KEY)).isEqualTo(2);
        assertThat(ledger.read().applied(KEY)).isEqualTo(1);
        assertThat(ledger.read().live()).isZero();
    }

    @Test
    void shouldAnswerWithoutAnEffectWhereItIsToRefuse() {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .sendAsync(request(ledger.url("a", 0, "refuse=true"), KEY), HttpResponse.BodyHandlers.ofString())
                .join();

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(ledger.read().deliveries(KEY)).isEqualTo(1);
        assertThat(ledger.read().applied(KEY)).isZero();
        assertThat(ledger.read().live()).isZero();
    }

    @Test
    void shouldHoldACallBeforeItsEffectUntilItIsReleased() {
        ledger.hold("a", Barrier.Moment.BEFORE_EFFECT);
        CompletableFuture<HttpResponse<String>> held = call("a", KEY);
        ledger.awaitHeld("a");
        assertThat(ledger.read().deliveries(KEY)).isEqualTo(1);
        assertThat(ledger.read().applied(KEY)).isZero();
        assertThat(ledger.read().live()).isEqualTo(1);

        ledger.release("a");

        assertThat(held.join().statusCode()).isEqualTo(200);
        assertThat(ledger.read().applied(KEY)).isEqualTo(1);
    }

    @Test
    void shouldHoldOneCallAfterItsEffectAndLetTheNextPass() {
        ledger.hold("a", Barrier.Moment.AFTER_EFFECT);
        CompletableFuture<HttpResponse<String>> held = call("a", KEY);
        ledger.awaitHeld("a");

        assertThat(call("a", KEY).join().statusCode()).isEqualTo(200);
        assertThat(held).isNotDone();
        assertThat(ledger.read().applied(KEY)).isEqualTo(1);
    }

    @Test
    void shouldNoticeACallerThatHangsUp() throws Exception {
        ledger.hold("a", Barrier.Moment.BEFORE_EFFECT);
        try (HttpClient client = HttpClient.newHttpClient()) {
            CompletableFuture<HttpResponse<String>> held =
                    client.sendAsync(request("a", KEY, 0), HttpResponse.BodyHandlers.ofString());
            ledger.awaitHeld("a");
            held.cancel(true);
            client.shutdownNow();
        }

        await().until(() -> ledger.read().all(LedgerEntry.Kind.HUNG_UP, KEY).size() == 1);
        assertThat(ledger.read().applied(KEY)).isZero();
    }

    @Test
    void shouldTakeItsTimeWhenAskedTo() {
        HttpClient.newHttpClient()
                .sendAsync(request("a", KEY, 200), HttpResponse.BodyHandlers.ofString())
                .join();

        Ledger read = ledger.read();
        assertThat(read.first(LedgerEntry.Kind.ANSWERED, KEY) - read.first(LedgerEntry.Kind.DELIVERED, KEY))
                .isGreaterThanOrEqualTo(200_000_000);
    }

    private CompletableFuture<HttpResponse<String>> call(String name, String key) {
        return HttpClient.newHttpClient().sendAsync(request(name, key, 0), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String name, String key, long latencyMs) {
        return request(ledger.url(name, latencyMs), key);
    }

    private static HttpRequest request(String url, String key) {
        return HttpRequest.newBuilder(URI.create(url))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
    }
}
