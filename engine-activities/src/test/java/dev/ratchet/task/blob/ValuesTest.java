package dev.ratchet.task.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ratchet.document.Json;
import dev.ratchet.run.Value;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ValuesTest {
    private final MemoryBlobs blobs = new MemoryBlobs();
    private final Values values = new Values(blobs);

    @Test
    void shouldLetAValueTravelUpToTheAllowance() {
        JsonNode text = JsonNodeFactory.instance.textNode("12345678");

        assertThat(values.keep(text, 10)).isEqualTo(new Values.Kept(Value.of(text), 10));
        assertThat(blobs.size()).isZero();
    }

    @Test
    void shouldStoreAValueAboveTheAllowance() {
        // given
        JsonNode text = JsonNodeFactory.instance.textNode("é".repeat(300));

        // when
        Values.Kept kept = values.keep(text, 601);

        // then
        assertThat(kept.value()).isInstanceOfSatisfying(Value.Stored.class, stored -> {
            assertThat(stored.size()).isEqualTo(602);
            assertThat(stored.mimeType()).isEqualTo("application/json");
            assertThat(stored.preview()).isEqualTo("é".repeat(200) + "…");
        });
        assertThat(values.load(kept.value())).isEqualTo(text);
    }

    @Test
    void shouldNotStoreWhatIsLessThanItsReference() {
        JsonNode text = JsonNodeFactory.instance.textNode("x".repeat(300));

        Values.Kept kept = values.keep(text, 0);

        assertThat(kept.value()).isEqualTo(Value.of(text));
        assertThat(blobs.size()).isZero();
    }

    @Test
    void shouldNotCutAPreviewInsideACharacter() {
        JsonNode text = JsonNodeFactory.instance.textNode("x".repeat(199) + "😀 and more" + "x".repeat(200));

        assertThat(values.keep(text, 1).value())
                .isInstanceOfSatisfying(
                        Value.Stored.class,
                        stored -> assertThat(stored.preview()).isEqualTo("x".repeat(199) + "…"));
    }

    @Test
    void shouldRefuseToKeepMoreThanABlobMayHold() {
        JsonNode text = JsonNodeFactory.instance.textNode("x".repeat(64 * 1024 * 1024));

        assertThatThrownBy(() -> values.keep(text, 1))
                .hasMessage("Expected at most 67108864 bytes, but there are more");
    }

    @Test
    void shouldShowExpressionsStoredValuesUpToFourMegabytes() {
        Value large = blobs.putJson(JsonNodeFactory.instance.textNode("x".repeat(4 * 1024 * 1024)));

        assertThatThrownBy(() -> values.load(large))
                .isInstanceOfSatisfying(
                        BlobException.class, e -> assertThat(e.reason()).isEqualTo(BlobException.Reason.TOO_LARGE));
        assertThat(values.load(large, BlobStore.MAX_BYTES).textValue()).hasSize(4 * 1024 * 1024);
    }

    @Test
    void shouldReadStoredTextAsTextAndNameWhatIsNeither() {
        Value.Stored text = blobs.put("hello".getBytes(StandardCharsets.UTF_8), "text/plain; charset=utf-8");
        Value.Stored image = blobs.put(new byte[] {1, 2}, "image/png");

        assertThat(values.load(text)).isEqualTo(JsonNodeFactory.instance.textNode("hello"));
        assertThat(values.load(image))
                .isEqualTo(Json.read(
                        "{\"ref\":\"" + image.ref() + "\",\"size\":2,\"mime_type\":\"image/png\"}", JsonNode.class));
    }

    @Test
    void shouldSayThatStoredTextIsNoJson() {
        Value broken = blobs.put("{".getBytes(StandardCharsets.UTF_8), "application/json");

        assertThatThrownBy(() -> values.load(broken))
                .hasMessageMatching("Expected JSON in the stored value [0-9a-f]{64}, but it is not");
    }
}
