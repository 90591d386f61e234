package io.obstat.decision.inbox;

import io.obstat.contracts.Assessment.Effect;
import io.obstat.contracts.Assessment.MatchedRule;
import io.obstat.contracts.Person;
import io.obstat.contracts.Verified;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.visible.InputLines;
import io.obstat.contracts.visible.Inputs;
import io.obstat.contracts.visible.VisibleText;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.Circumstances;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The facts that could change the decision, in the order in which a reviewer reads them.
 *
 * @param inputs exactly and whole, or not at all
 * @param unusual characters in the request that a reviewer could miss
 * @param who what authentication proved
 * @param claim what the agent says
 * @param rules who asked for people: every rule that matched
 * @param explanation why this verdict, in a sentence of the policy
 * @param needs who has to approve
 * @param soFar what has happened beside votes
 * @param registration when and as what it is on record
 */
public record Facts(
        Inputs inputs,
        List<Unusual> unusual,
        Who who,
        Claim claim,
        List<Rule> rules,
        VisibleText explanation,
        List<Needs> needs,
        SoFar soFar,
        Registration registration) {

    /**
     * Who asks, as authentication proved.
     *
     * @param owner who answers for the agent
     * @param onBehalfOf the person it acts for; {@code null} when it acts for nobody
     * @param method how the agent was authenticated, in words
     */
    public record Who(
            VisibleText agent, Party owner, @Nullable Party onBehalfOf, String method, VisibleText authority) {

        public boolean actsForOwner() {
            return owner.equals(onBehalfOf);
        }

        static Who of(Verified verified, Person reader) {
            @Nullable Person onBehalfOf = verified.onBehalfOf();
            return new Who(
                    VisibleText.of(verified.agent().value()),
                    Party.of(verified.owner(), reader),
                    onBehalfOf == null ? null : Party.of(onBehalfOf, reader),
                    switch (verified.method()) {
                        case OIDC -> "a token of";
                        case JWS -> "a signature with the key";
                    },
                    VisibleText.of(verified.authority()));
        }
    }

    /**
     * A rule that matched, with its author's reason.
     *
     * @param effect {@code require}, {@code allow} or {@code deny}
     */
    public record Rule(VisibleText id, String effect, VisibleText because) {

        static Rule of(MatchedRule rule) {
            return new Rule(VisibleText.of(rule.id()), word(rule.effect()), VisibleText.of(rule.because()));
        }

        private static String word(Effect effect) {
            return switch (effect) {
                case DENY -> "deny";
                case REQUIRE -> "require";
                case ALLOW -> "allow";
            };
        }
    }

    /**
     * A character in the request that is easily missed.
     *
     * @param name such as {@code U+202E RIGHT-TO-LEFT OVERRIDE}
     * @param times how often
     * @param why it is worth telling, to be read after the name
     */
    public record Unusual(String name, int times, String why) {}

    /**
     * As what, and since when, the request is on record.
     *
     * @param digest what is approved, whole
     * @param canonical the inputs in RFC 8785 form, which the digest covers
     * @param policySet the digest of the policy that was in force
     */
    public record Registration(
            String digest, VisibleText canonical, VisibleText policySet, Moment requestedAt, Moment assessedAt) {

        /** Enough of the digest to compare by eye. */
        public String shortDigest() {
            return digest.substring(0, "sha256:".length() + 12) + "…";
        }
    }

    public Facts {
        unusual = List.copyOf(unusual);
        rules = List.copyOf(rules);
        needs = List.copyOf(needs);
    }

    static Facts of(ApprovalView view, Inputs inputs, Person reader, Circumstances at) {
        ActionRequested request = view.request();
        Claim claim = Claim.of(request.claimed());
        return new Facts(
                inputs,
                unusual(request, claim),
                Who.of(request.verified(), reader),
                claim,
                view.assessment().rules().stream().map(Rule::of).toList(),
                VisibleText.of(view.assessment().explanation()),
                Needs.of(view.progress(at), view.placed(at), reader),
                SoFar.of(view, reader),
                new Registration(
                        request.digest().value(),
                        VisibleText.of(request.action().parameters().canonical()),
                        VisibleText.of(view.assessment().policySet()),
                        Moment.of(request.requestedAt()),
                        Moment.of(view.assessment().assessedAt())));
    }

    private static List<Unusual> unusual(ActionRequested request, Claim claim) {
        Map<VisibleText.Part, Integer> counts = new LinkedHashMap<>();
        InputLines.of(request.action().parameters()).forEach(line -> {
            line.name().countSigns(counts);
            line.value().countSigns(counts);
        });
        Stream.of(request.action().resource(), request.action().environment())
                .map(VisibleText::of)
                .forEach(text -> text.countSigns(counts));
        Stream.of(
                        Stream.of(claim.intent(), claim.run(), claim.model(), claim.plan()),
                        claim.links().stream().flatMap(link -> Stream.of(link.title(), link.address())),
                        claim.diff().stream().map(Claim.DiffLine::text))
                .flatMap(texts -> texts)
                .forEach(text -> text.countSigns(counts));
        return counts.entrySet().stream()
                .map(count -> new Unusual(
                        count.getKey().name(), count.getValue(), count.getKey().why()))
                .toList();
    }
}
