package io.obstat.decision.webauthn;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.decision.webauthn.SoftKey.Saying;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a key must have signed to be believed, with a key that can lie. */
class CeremonyTest {

    private static final KeyHolder ANN = new KeyHolder("https://issuer.example.com", "ann");
    private static final KeyHolder BEN = new KeyHolder("https://issuer.example.com", "ben");
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String CHALLENGE = KeyHolder.base64url(new byte[32]);
    private static final Saying GET = Saying.get(CHALLENGE);
    private static final Saying CREATE = Saying.create(CHALLENGE);

    private final Ceremony ceremony =
            new Ceremony(new RelyingParty("obstat.example.com", "https://obstat.example.com"));
    private final SoftKey key = new SoftKey();

    @Test
    void shouldTakeAKeyAndWhatItSigns() {
        // Given
        SecurityKey registered = registered(key, 0);

        // When
        var assertion = ceremony.readAssertion(key.assertion(GET, ANN)).orElseThrow();

        // Then
        assertThat(ceremony.objection(assertion, registered)).isEmpty();
        assertThat(registered.credentialId()).isEqualTo(key.credentialId());
        assertThat(registered.synced()).isFalse();
        assertThat(assertion.challenge()).isEqualTo(CHALLENGE);
        assertThat(assertion.credentialId()).isEqualTo(key.credentialId());
        assertThat(assertion.signCount()).isEqualTo(1);
    }

    @Test
    void shouldRefuseWhatWasSignedElsewhereOrForAnotherUse() {
        assertThat(refusal(GET.origin("https://obstat.example.com.evil.example")))
                .contains(Refusal.INVALID);
        assertThat(refusal(GET.origin("http://obstat.example.com"))).contains(Refusal.INVALID);
        assertThat(refusal(GET.rpId("example.com"))).contains(Refusal.INVALID);
        assertThat(refusal(GET.type("webauthn.create"))).contains(Refusal.INVALID);
        assertThat(refusal(GET.flags(SoftKey.VERIFIED))).as("nobody touched it").contains(Refusal.INVALID);
    }

    @Test
    void shouldRefuseAKeyThatDidNotCheckWhoTouchedIt() {
        assertThat(refusal(GET.flags(SoftKey.PRESENT))).contains(Refusal.NOT_VERIFIED);
    }

    @Test
    void shouldRefuseACounterThatDoesNotGoUpUnlessItNeverCounts() {
        assertThat(refusal(GET.signCount(8), 7)).isEmpty();
        assertThat(refusal(GET.signCount(7), 7)).contains(Refusal.COPIED);
        assertThat(refusal(GET.signCount(6), 7)).contains(Refusal.COPIED);
        assertThat(refusal(GET.signCount(0), 7)).contains(Refusal.COPIED);
        assertThat(refusal(GET.signCount(0), 0)).isEmpty();
    }

    @Test
    void shouldRefuseTheSignatureOfAnotherKey() {
        // Given a key that says it is Ann's
        var other = new SoftKey();
        String forged = other.assertion(GET, ANN).replace(other.credentialId(), key.credentialId());

        // When
        Optional<Refusal> refusal =
                ceremony.objection(ceremony.readAssertion(forged).orElseThrow(), registered(key, 0));

        // Then
        assertThat(refusal).contains(Refusal.INVALID);
    }

    @Test
    void shouldRefuseAKeyThatWasMadeForAnotherPerson() {
        var assertion = ceremony.readAssertion(key.assertion(GET, BEN)).orElseThrow();
        assertThat(ceremony.objection(assertion, registered(key, 0))).contains(Refusal.NOT_YOURS);
    }

    @Test
    void shouldRefuseANewKeyThatWasMadeElsewhereOrUnverified() {
        assertThat(newKey(CREATE)).isEmpty();
        assertThat(newKey(CREATE.origin("https://evil.example"))).contains(Refusal.INVALID);
        assertThat(newKey(CREATE.rpId("evil.example"))).contains(Refusal.INVALID);
        assertThat(newKey(CREATE.type("webauthn.get"))).contains(Refusal.INVALID);
        assertThat(newKey(CREATE.flags(SoftKey.PRESENT))).contains(Refusal.NOT_VERIFIED);
    }

    @Test
    void shouldReadNothingIntoNonsense() {
        for (String nonsense : new String[] {
            "",
            " ",
            "null",
            "{}",
            "[]",
            "no json",
            "{\"id\":\"a\",\"response\":{}}",
            key.assertion(GET, ANN).substring(1),
            key.assertion(GET, ANN).replace("clientDataJSON", "other"),
            key.attestation(CREATE).replace("attestationObject", "other")
        }) {
            assertThat(ceremony.readAssertion(nonsense)).as(nonsense).isEmpty();
            assertThat(ceremony.readAttestation(nonsense)).as(nonsense).isEmpty();
        }
        assertThat(ceremony.readAssertion(null)).isEmpty();
        assertThat(ceremony.readAttestation(null)).isEmpty();
    }

    private Optional<Refusal> refusal(Saying saying) {
        return refusal(saying, 0);
    }

    private Optional<Refusal> refusal(Saying saying, int before) {
        return ceremony.objection(
                ceremony.readAssertion(key.assertion(saying, ANN)).orElseThrow(), registered(key, before));
    }

    private Optional<Refusal> newKey(Saying saying) {
        return ceremony.objection(
                ceremony.readAttestation(new SoftKey().attestation(saying)).orElseThrow());
    }

    private SecurityKey registered(SoftKey soft, int signCount) {
        var made = ceremony.readAttestation(soft.attestation(CREATE.signCount(signCount)))
                .orElseThrow();
        assertThat(ceremony.objection(made)).isEmpty();
        return ceremony.key(made, ANN, "blue", NOW);
    }
}
