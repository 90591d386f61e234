package io.obstat.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.AgentId;
import io.obstat.contracts.Person;
import io.obstat.contracts.Verified;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallerTest {

    private final AgentRegistry registry = Samples.registry();

    @Test
    void shouldTakeATokenOfTheGroupAgentsForAnAgent() {
        // Given
        var token = new TokenClaims("https://issuer", "etl-agent", null, Set.of("agents"), null);
        // When
        Admission admission = Admission.of(Caller.of(token), registry);
        // Then
        assertThat(admission)
                .isEqualTo(new Admission.Admitted(new Verified(
                        new AgentId("etl-agent"), Samples.OWNER, null, Verified.Method.OIDC, "https://issuer")));
    }

    @Test
    void shouldTakeTheActorForTheAgentAndTheSubjectForThePerson() {
        // Given
        TokenClaims token = onBehalfOf("dana", "dana@example.com", "etl-agent");
        // When
        Admission admission = Admission.of(Caller.of(token), registry);
        // Then
        assertThat(admission).isInstanceOfSatisfying(Admission.Admitted.class, admitted -> {
            assertThat(admitted.verified().agent()).isEqualTo(new AgentId("etl-agent"));
            assertThat(admitted.verified().onBehalfOf()).isEqualTo(new Person("dana", "dana@example.com"));
            assertThat(admitted.verified().owner()).isEqualTo(Samples.OWNER);
        });
    }

    @Test
    void shouldNotLetAnAgentActForSomebodyItMayNot() {
        // Given
        TokenClaims token = onBehalfOf("mallory", null, "etl-agent");
        // When
        Admission admission = Admission.of(Caller.of(token), registry);
        // Then
        assertThat(refusal(admission)).contains("etl-agent", "mallory", "actsFor");
    }

    @Test
    void shouldLetAnAgentActForItsOwnerAndWhoeverTheIssuerNamesIfItMay() {
        // Given
        TokenClaims forOwner = onBehalfOf("owner", null, "etl-agent");
        TokenClaims forAnyone = onBehalfOf("mallory", null, "ops-agent");
        // When
        Admission owner = Admission.of(Caller.of(forOwner), registry);
        Admission anyone = Admission.of(Caller.of(forAnyone), registry);
        // Then
        assertThat(owner).isInstanceOf(Admission.Admitted.class);
        assertThat(anyone).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void shouldSendPeopleToAnAgent() {
        // Given
        var token = new TokenClaims("https://issuer", "dana", null, Set.of("platform", "auditors"), null);
        // When
        Admission admission = Admission.of(Caller.of(token), registry);
        // Then
        assertThat(refusal(admission)).contains("ask through an agent");
    }

    @Test
    void shouldRefuseAnAgentThatNobodyRegistered() {
        // Given
        var token = new TokenClaims("https://issuer", "rogue", null, Set.of("agents"), null);
        // When
        Admission admission = Admission.of(Caller.of(token), registry);
        // Then
        assertThat(refusal(admission)).contains("rogue is not registered");
    }

    @Test
    void shouldRefuseTokensThatNameNobody() {
        // Given
        var noSubject = new TokenClaims("https://issuer", null, null, Set.of("agents"), null);
        var noActor = new TokenClaims("https://issuer", "dana", null, Set.of(), new TokenClaims.Actor(null));
        var oddAgent = new TokenClaims("https://issuer", "two words", null, Set.of("agents"), null);
        // When
        // Then
        assertThat(refusal(Admission.of(Caller.of(noSubject), registry))).contains("sub");
        assertThat(refusal(Admission.of(Caller.of(noActor), registry))).contains("null");
        assertThat(refusal(Admission.of(Caller.of(oddAgent), registry))).contains("two words");
    }

    @Test
    void shouldNotTakeAnAgentForAPersonWhateverElseItIsIn() {
        // Given a token with act, whose subject is in the group of the auditors
        var token =
                new TokenClaims("https://issuer", "dana", null, Set.of("auditors"), new TokenClaims.Actor("etl-agent"));
        // When
        Caller caller = Caller.of(token);
        // Then
        assertThat(caller).isInstanceOf(Caller.Agent.class);
    }

    private static TokenClaims onBehalfOf(String person, @Nullable String email, String agent) {
        return new TokenClaims("https://issuer", person, email, Set.of(), new TokenClaims.Actor(agent));
    }

    private static String refusal(Admission admission) {
        assertThat(admission).isInstanceOf(Admission.Refused.class);
        return ((Admission.Refused) admission).detail();
    }
}
