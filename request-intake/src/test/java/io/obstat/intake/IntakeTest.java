package io.obstat.intake;

import static io.obstat.intake.Samples.ETL;
import static io.obstat.intake.Samples.NOW;
import static io.obstat.intake.Samples.TRACEPARENT;
import static io.obstat.intake.Samples.VERIFIED;
import static io.obstat.intake.Samples.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IntakeTest {

    private static final IdempotencyKey KEY = new IdempotencyKey("k-1");

    @Test
    void shouldAcceptWhatIsNew() {
        // Given a key that nobody used
        // When
        Reception reception = receive(body("country = 'DE'"), null, NOW);
        // Then
        assertThat(reception).isInstanceOfSatisfying(Reception.Accepted.class, accepted -> {
            assertThat(accepted.action().id()).isEqualTo(ActionId.derive(ETL, "k-1"));
            assertThat(accepted.action().status()).isEqualTo(StoredAction.Status.PENDING);
            assertThat(accepted.action().unpublishedRequest()).isPresent();
            assertThat(accepted.action().unpublishedWithdrawal()).isEmpty();
        });
    }

    @Test
    void shouldRecogniseARepetitionEvenAfterItsDeadline() {
        // Given
        ActionRequestBody body = body("country = 'DE'", NOW.plusSeconds(60));
        StoredAction stored = accepted(body);
        // When
        Reception reception = receive(body, stored, NOW.plusSeconds(3600));
        // Then
        assertThat(reception).isEqualTo(new Reception.Repeated(stored));
    }

    @Test
    void shouldRefuseAKeyThatStandsForAnotherAction() {
        // Given
        StoredAction stored = accepted(body("country = 'DE'"));
        // When
        Reception reception = receive(body("true"), stored, NOW);
        // Then
        assertThat(reception)
                .isInstanceOfSatisfying(
                        Reception.KeyReused.class,
                        reused -> assertThat(reused.detail())
                                .contains(
                                        stored.id().value(),
                                        stored.requested().digest().value(),
                                        "new key"));
    }

    @Test
    void shouldRefuseADeadlineThatIsOverOrTooFar() {
        // Given
        Instant over = NOW;
        Instant far = NOW.plus(Intake.LONGEST_DEADLINE).plusMillis(1);
        // When
        Reception late = receive(body("true", over), null, NOW);
        Reception distant = receive(body("true", far), null, NOW);
        // Then
        assertThat(late).isInstanceOf(Reception.Invalid.class);
        assertThat(distant).isInstanceOf(Reception.Invalid.class);
        assertThat(receive(body("true", NOW.plusMillis(1)), null, NOW)).isInstanceOf(Reception.Accepted.class);
        assertThat(receive(body("true", NOW.plus(Intake.LONGEST_DEADLINE)), null, NOW))
                .isInstanceOf(Reception.Accepted.class);
    }

    @Test
    void shouldKeepOneKeyForOneActionWhateverIsSent() {
        for (int seed = 0; seed < 2_000; seed++) {
            // Given
            var random = new Random(seed);
            String first = text(random);
            String second = random.nextInt(3) == 0 ? first : text(random);
            StoredAction stored = accepted(body(first));
            // When
            Reception reception = receive(body(second), stored, NOW.plus(Duration.ofDays(random.nextInt(1000))));
            // Then
            assertThat(reception instanceof Reception.Repeated)
                    .as("seed %d, %s and %s", seed, first, second)
                    .isEqualTo(first.equals(second));
            assertThat(reception).isNotInstanceOf(Reception.Accepted.class);
        }
    }

    @Test
    void shouldWithdrawOnceAndSayTheSameAfterwards() {
        // Given
        StoredAction stored = accepted(body("true"));
        // When
        Withdrawal first = Intake.withdraw(stored.id(), stored, ETL, "not needed", NOW);
        // Then
        assertThat(first).isInstanceOf(Withdrawal.Withdrawn.class);
        StoredAction withdrawn = ((Withdrawal.Withdrawn) first).action();
        assertThat(withdrawn.status()).isEqualTo(StoredAction.Status.WITHDRAWN);
        assertThat(withdrawn.unpublishedWithdrawal()).isPresent();
        assertThat(Intake.withdraw(stored.id(), withdrawn, ETL, "again", NOW.plusSeconds(1)))
                .isEqualTo(new Withdrawal.AlreadyWithdrawn(withdrawn));
    }

    @ParameterizedTest
    @EnumSource(value = Outcome.class, names = "WITHDRAWN", mode = EnumSource.Mode.EXCLUDE)
    void shouldNotWithdrawWhatIsDecided(Outcome outcome) {
        // Given
        StoredAction stored = accepted(body("true"));
        StoredAction decided = stored.decided(Samples.decision(stored.requested(), outcome));
        // When
        Withdrawal withdrawal = Intake.withdraw(stored.id(), decided, ETL, null, NOW);
        // Then
        assertThat(withdrawal).isEqualTo(new Withdrawal.AlreadyDecided(decided));
    }

    @Test
    void shouldRepeatTheAnswerWhenTheWithdrawalIsDecided() {
        // Given
        StoredAction stored = accepted(body("true"));
        StoredAction withdrawn = ((Withdrawal.Withdrawn) Intake.withdraw(stored.id(), stored, ETL, null, NOW)).action();
        StoredAction decided = withdrawn.decided(Samples.decision(stored.requested(), Outcome.WITHDRAWN));
        // When
        Withdrawal again = Intake.withdraw(stored.id(), decided, ETL, null, NOW);
        // Then
        assertThat(again).isEqualTo(new Withdrawal.AlreadyWithdrawn(decided));
    }

    @Test
    void shouldHideAnActionFromAllButItsAgentAndAuditors() {
        // Given
        StoredAction stored = accepted(body("true"));
        var other = new AgentId("ops-agent");
        // When
        Withdrawal withdrawal = Intake.withdraw(stored.id(), stored, other, null, NOW);
        // Then
        assertThat(withdrawal).isEqualTo(new Withdrawal.Unknown(stored.id()));
        assertThat(Intake.maySee(stored, new Caller.Agent(ETL, null, "iss"))).isTrue();
        assertThat(Intake.maySee(stored, new Caller.Agent(other, null, "iss"))).isFalse();
        assertThat(Intake.maySee(stored, human("auditors"))).isTrue();
        assertThat(Intake.maySee(stored, human("platform"))).isFalse();
        assertThat(Intake.maySee(stored, new Caller.Nobody("no sub"))).isFalse();
    }

    @Test
    void shouldKeepTheFirstDecision() {
        // Given
        StoredAction stored = accepted(body("true"));
        StoredAction denied = stored.decided(Samples.decision(stored.requested(), Outcome.DENIED));
        // When
        StoredAction again = denied.decided(Samples.decision(stored.requested(), Outcome.ALLOWED));
        // Then
        assertThat(again).isSameAs(denied);
    }

    @Test
    void shouldNotNoteAWithdrawalAsPublishedThatCameInMeanwhile() {
        // Given a request on its way to Kafka, and a withdrawal that comes in before the acknowledgement
        StoredAction sent = accepted(body("true"));
        StoredAction withdrawn = ((Withdrawal.Withdrawn) Intake.withdraw(sent.id(), sent, ETL, null, NOW)).action();
        // When
        StoredAction noted = withdrawn.published(sent, NOW);
        // Then
        assertThat(noted.unpublishedRequest()).isEmpty();
        assertThat(noted.unpublishedWithdrawal()).isPresent();
        assertThat(noted.published(noted, NOW).isPublished()).isTrue();
    }

    @Test
    void shouldGiveTheSameEventEachTime() {
        // Given
        StoredAction stored = accepted(body("true"));
        // When
        var first = stored.unpublishedRequest();
        var second = accepted(body("true")).unpublishedRequest();
        // Then
        assertThat(first).isPresent().isEqualTo(second);
    }

    private static Caller human(String group) {
        return new Caller.Human(new Person("someone", null), Set.of(group));
    }

    private static StoredAction accepted(ActionRequestBody body) {
        return ((Reception.Accepted) receive(body, null, NOW)).action();
    }

    private static Reception receive(ActionRequestBody body, @Nullable StoredAction stored, Instant now) {
        return Intake.receive(VERIFIED, body, KEY, TRACEPARENT, stored, now);
    }

    private static String text(Random random) {
        return Integer.toString(random.nextInt(50), 36);
    }
}
