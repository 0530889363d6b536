package dev.ratchet.task.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {
    private static final String SECRET = "s3cr\"et/+ä key&1";

    private final Masking masking = new Masking();

    @BeforeEach
    void rememberTheSecret() {
        masking.remember(SECRET);
    }

    @Test
    void shouldMaskASecretAsItIs() {
        assertThat(masking.mask("key=" + SECRET + "!")).isEqualTo("key=***!");
    }

    @Test
    void shouldMaskTheUrlEncodedForms() {
        String form = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);

        assertThat(masking.mask("?k=" + form)).isEqualTo("?k=***");
        assertThat(masking.mask("?k=" + form.replace("+", "%20"))).isEqualTo("?k=***");
        assertThat(masking.mask("?k="
                        + form.replace("%2F", "%2f").replace("%C3%A4", "%c3%a4").replace("%2B", "%2b")))
                .isEqualTo("?k=***");
    }

    @Test
    void shouldMaskTheJsonEscapedForm() {
        assertThat(masking.mask("{\"k\":" + Json.write(SECRET) + "}")).isEqualTo("{\"k\":\"***\"}");
        assertThat(masking.mask(Json.write(Json.write(SECRET)))).isEqualTo("\"\\\"***\\\"\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "u", "us", "user:"})
    void shouldMaskBase64WhereverTheSecretStandsInIt(String before) {
        // given
        String inside = Base64.getEncoder().encodeToString(bytes(before + SECRET + ":after"));
        String atEnd = Base64.getUrlEncoder().encodeToString(bytes(before + SECRET));

        // then: at most two characters of the secret's own are left on either side
        assertThat(masking.mask(inside)).contains("***").hasSizeLessThan(inside.length() - 4 * SECRET.length() / 3 + 6);
        assertThat(masking.mask(atEnd)).contains("***").hasSizeLessThan(atEnd.length() - 4 * SECRET.length() / 3 + 6);
    }

    @Test
    void shouldMaskTextsNamesAndNumbersOfAValue() {
        // given
        masking.remember("424242");
        JsonNode json = Json.read("{\"a\": [\"x424242\", 424242, true, 7], \"424242\": null}", JsonNode.class);

        // when
        JsonNode masked = masking.mask(json);

        // then
        assertThat(masked).isEqualTo(Json.read("{\"a\": [\"x***\", \"***\", true, 7], \"***\": null}", JsonNode.class));
    }

    @Test
    void shouldMaskTheBeginningOfASecretAtACut() {
        assertThat(masking.maskCut("key=" + SECRET.substring(0, 7))).isEqualTo("key=***");
        assertThat(masking.maskCut("key=" + SECRET + " and s3")).isEqualTo("key=*** and s3");
    }

    @Test
    void shouldMaskBytes() {
        byte[] bytes = ("\u0000" + SECRET + "ÿ").getBytes(StandardCharsets.UTF_8);

        assertThat(masking.mask(bytes)).isEqualTo("\u0000***ÿ".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldLeaveWhatHoldsNoSecretAsItIs() {
        Masking idle = new Masking();
        idle.remember(" ");
        JsonNode json = Json.read("{\"a\": 1}", JsonNode.class);

        assertThat(idle.mask(json)).isSameAs(json);
        assertThat(masking.mask("nothing here")).isEqualTo("nothing here");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
