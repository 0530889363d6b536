package dev.ratchet.task.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

    /** The example that the libraries of Standard Webhooks are tested with. */
    @Test
    void shouldSignAsTheStandardSays() {
        assertThat(WebhookSignature.headers(
                        "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, BODY, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
                .containsEntry("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
                .containsEntry("webhook-timestamp", "1614265330")
                .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void shouldSignWithPlainTextToo() {
        assertThat(WebhookSignature.headers("id", 1, BODY, "plain").get("webhook-signature"))
                .startsWith("v1,")
                .isNotEqualTo(WebhookSignature.headers("id", 2, BODY, "plain").get("webhook-signature"));
    }

    @Test
    void shouldLeaveTheSignatureOutWithoutAKey() {
        assertThat(WebhookSignature.headers("id", 1, BODY, null)).doesNotContainKey("webhook-signature");
    }
}
