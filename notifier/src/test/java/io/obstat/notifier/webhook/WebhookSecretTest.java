package io.obstat.notifier.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.contracts.InvalidFieldException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookSecretTest {

    /** The vectors of the Standard Webhooks libraries and site. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw|msg_p5jXN8AQM9LWM0D4loKWxJek|1614265330|{\"test\": 2432232314}"
                        + "|v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD|msg_27UH4WbU6Z5A5EzD8u03UvzRbpk|1649367553"
                        + "|{\"email\":\"test@example.com\",\"username\":\"test_user\"}"
                        + "|v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw="
            })
    void shouldSignAsThePublishedVectorsDo(String secret, String id, long second, String body, String signature) {
        // Given
        WebhookSecret key = WebhookSecret.parse("secret", secret);
        // When
        String signed = key.sign(id, Instant.ofEpochSecond(second), body.getBytes(StandardCharsets.UTF_8));
        // Then
        assertThat(signed).isEqualTo(signature);
    }

    @ParameterizedTest
    @CsvSource({"plain", "whsec_***", "whsec_c2hvcnQ="})
    void shouldRefuseAnUnfitSecretWithoutRepeatingIt(String secret) {
        assertThatThrownBy(() -> WebhookSecret.parse("webhook.endpoints[ops].secretEnv", secret))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("webhook.endpoints[ops].secretEnv")
                .hasMessageNotContaining(secret.replace("whsec_", "").concat(" "));
    }

    @Test
    void shouldNotPrintItself() {
        // Given
        String encoded = Base64.getEncoder().encodeToString(new byte[32]);
        // When
        WebhookSecret secret = WebhookSecret.parse("secret", "whsec_" + encoded + "\n");
        // Then
        assertThat(secret.toString()).doesNotContain(encoded);
    }
}
