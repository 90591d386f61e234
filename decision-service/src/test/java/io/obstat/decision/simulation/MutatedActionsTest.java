package io.obstat.decision.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.Assessment;
import io.obstat.contracts.Claimed;
import io.obstat.contracts.Risk;
import io.obstat.contracts.Verified;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.AutoAllowed;
import io.obstat.contracts.event.GrantMisused;
import io.obstat.contracts.event.GrantRedeemed;
import io.obstat.decision.ApprovalState;
import io.obstat.decision.ApprovalState.Granted;
import io.obstat.decision.Circumstances;
import io.obstat.decision.Command;
import io.obstat.decision.Decider;
import io.obstat.decision.Examples;
import io.obstat.decision.RedemptionAnswer;
import io.obstat.decision.Terms;
import io.obstat.decision.jose.JwtNotary;
import io.obstat.decision.jose.SigningKey;
import io.obstat.decision.jose.TestKeys;
import io.obstat.decision.simulation.MutatedActions.Deed;
import io.obstat.decision.simulation.MutatedActions.Way;
import java.net.URI;
import java.text.ParseException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What was approved runs, however it is written; what was changed in anything does not. */
class MutatedActionsTest {

    private static final int MUTATIONS = 100_000;
    private static final int APPROVED = 50;

    private final Decider decider = new Decider(
            new JwtNotary(SigningKey.parse(TestKeys.newEd25519Jwk()), URI.create("https://decisions.example.com")),
            new Terms(Simulation.GRANT_LIFETIME, Simulation.REPORT_WITHIN));

    @Test
    void shouldRedeemNoGrantForAMutatedAction() throws ParseException {
        Map<Way, Integer> refused = new EnumMap<>(Way.class);
        var random = new Random(1);
        Deed deed = MutatedActions.deed(random);
        Granted granted = granted(deed);
        for (int number = 0; number < MUTATIONS; number++) {
            if (number % (MUTATIONS / APPROVED) == 0) {
                // Given another approved action
                deed = MutatedActions.deed(random);
                granted = granted(deed);
            }

            // When
            Way way = Way.values()[number % Way.values().length];
            Deed mutated = MutatedActions.mutate(random, deed, way);
            var transition = redeem(granted, mutated);

            // Then
            assertThat(transition.answer()).as("%s: %s", way, mutated).isInstanceOf(RedemptionAnswer.Refused.class);
            assertThat(transition.facts().getFirst().event()).isInstanceOf(GrantMisused.class);
            assertThat(((Granted) transition.next()).use()).isEqualTo(granted.use());
            // Nor would it pass where only the token is looked at.
            assertThat(digest(mutated).value()).as("%s", way).isNotEqualTo(digestInToken(granted));
            refused.merge(way, 1, Integer::sum);
        }
        System.out.printf("%,d mutations of %d approved actions, none redeemed: %s%n", MUTATIONS, APPROVED, refused);
        assertThat(refused).containsOnlyKeys(Way.values());
    }

    @Test
    void shouldRedeemWhatIsTheSameInOtherWords() throws ParseException {
        var random = new Random(2);
        for (int number = 0; number < 2_000; number++) {
            // Given
            Deed deed = MutatedActions.deed(random);
            Granted granted = granted(deed);

            // When
            Deed restated = MutatedActions.restate(random, deed);
            var transition = redeem(granted, restated);

            // Then
            assertThat(transition.facts().getFirst().event()).isInstanceOf(GrantRedeemed.class);
            assertThat(digest(restated).value()).isEqualTo(digestInToken(granted));
        }
    }

    private Granted granted(Deed deed) {
        var request = new ActionRequested(
                ActionId.derive(deed.agent(), "key"),
                digest(deed),
                deed.action(),
                new Verified(
                        deed.agent(),
                        Examples.OWNER,
                        deed.onBehalfOf(),
                        Verified.Method.OIDC,
                        "https://issuer.example.com"),
                new Claimed("because", null, null, List.of(), null),
                Examples.NOON,
                null);
        var assessment = new Assessment("Export", Risk.LOW, List.of(), "allowed", "sha256:1", Examples.NOON);
        return (Granted) decider.open(
                        ApprovalState.Unopened.empty(),
                        new Command.Open(new AutoAllowed(request, assessment), Circumstances.at(Examples.NOON)))
                .next();
    }

    private io.obstat.decision.Transition<RedemptionAnswer> redeem(Granted granted, Deed deed) {
        return decider.redeem(
                granted,
                new Command.Redeem(
                        granted.grant().id(), deed.agent().value(), digest(deed), Circumstances.at(Examples.NOON)));
    }

    private static ActionDigest digest(Deed deed) {
        return ActionDigest.of(deed.agent(), deed.onBehalfOf(), deed.action());
    }

    private static String digestInToken(Granted granted) throws ParseException {
        return SignedJWT.parse(granted.grant().token()).getJWTClaimsSet().getStringClaim("action_digest");
    }
}
