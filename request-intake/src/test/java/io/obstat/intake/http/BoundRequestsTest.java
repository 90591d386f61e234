package io.obstat.intake.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import io.obstat.intake.Samples;
import io.obstat.intake.http.Door.Answer;
import io.obstat.intake.kafka.Road;
import io.obstat.intake.quarkus.Surroundings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An agent binds the grant that it asks for to its key (RFC 9449). */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class BoundRequestsTest {

    private static final URI ADDRESS = URI.create("http://intake.example.com/v1/actions");

    private final Tokens tokens = new Tokens();

    @Inject
    Road road;

    private final ECKey key = newKey();

    @Test
    void shouldBindTheGrantToTheKeyThatIsProved() throws Exception {
        // Given
        String token = tokens.sign(tokens.agent("etl-agent"));
        try (Door etl = Door.of(token)) {
            // When
            Answer bound = etl.post(Samples.requestJson(), "DPoP", proof(ADDRESS, token));
            Answer unbound = etl.post(Samples.requestJson());
            // Then
            assertThat(bound.status()).isEqualTo(202);
            assertThat(road.requests(bound.text("/id")))
                    .singleElement()
                    .satisfies(requested -> assertThat(requested.verified().keyThumbprint())
                            .isEqualTo(key.computeThumbprint().toString()));
            assertThat(road.requests(unbound.text("/id")))
                    .singleElement()
                    .satisfies(requested ->
                            assertThat(requested.verified().keyThumbprint()).isNull());
        }
    }

    @Test
    void shouldAskForNothingWithAProofThatDoesNotCount() throws Exception {
        // Given
        String token = tokens.sign(tokens.agent("etl-agent"));
        String used = proof(ADDRESS, token);
        try (Door etl = Door.of(token)) {
            etl.post(Samples.requestJson(), "DPoP", used);
            // When
            List<Answer> answers = List.of(
                    etl.post(Samples.requestJson(), "DPoP", used),
                    etl.post(Samples.requestJson(), "DPoP", "nonsense"),
                    etl.post(Samples.requestJson(), "DPoP", proof(URI.create("http://elsewhere.example.com/"), token)),
                    etl.post(Samples.requestJson(), "DPoP", proof(ADDRESS, "another token")),
                    etl.post(Samples.requestJson(), "DPoP", proof(ADDRESS, token), "DPoP", proof(ADDRESS, token)));
            // Then
            assertThat(answers).extracting(Answer::status).containsOnly(400);
            assertThat(answers)
                    .extracting(answer -> answer.text("/errors/0/field"))
                    .containsOnly("DPoP");
        }
    }

    @Test
    void shouldTakeABoundAccessTokenWithAProofOfItsKeyOnly() throws Exception {
        // Given
        ObjectNode claims = tokens.agent("etl-agent");
        claims.putObject("cnf").put("jkt", key.computeThumbprint().toString());
        String token = tokens.sign(claims);
        try (Door etl = Door.of(token)) {
            // When
            Answer without = etl.post(Samples.requestJson());
            Answer with = etl.post(Samples.requestJson(), "DPoP", proof(ADDRESS, token));
            // Then
            assertThat(without.status()).isEqualTo(401);
            assertThat(without.text("/type")).isEqualTo("urn:obstat:problem:unauthenticated");
            assertThat(without.text("/detail")).contains("DPoP", "ES256");
            assertThat(without.headers().get("www-authenticate"))
                    .startsWith("DPoP error=\"invalid_token\"")
                    .contains("ES256");
            assertThat(with.status()).isEqualTo(202);
        }
    }

    private String proof(URI address, String token) throws JOSEException {
        return new DefaultDPoPProofFactory(key, JWSAlgorithm.ES256)
                .createDPoPJWT("POST", address, new BearerAccessToken(token))
                .serialize();
    }

    private static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
