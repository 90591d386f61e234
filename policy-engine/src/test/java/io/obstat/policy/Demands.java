package io.obstat.policy;

import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.BreakGlass;
import io.obstat.contracts.Requirement.Escalation;
import io.obstat.contracts.Requirement.Limits;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.Reviewer.Identification;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/** Generated requirements, in which the same groups turn up again and again. */
class Demands extends DomainContextBase {

    @Provide
    Arbitrary<List<Requirement>> demands() {
        return demand().list().ofMinSize(1).ofMaxSize(4);
    }

    @Provide
    Arbitrary<Requirement> demand() {
        Arbitrary<List<Slot>> slots = Combinators.combine(
                        Arbitraries.of("platform", "oncall", "data-governance", "security", "legal"),
                        Arbitraries.integers().between(1, 3))
                .as(Slot::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
        Arbitrary<List<Duration>> reminders = minutes(1, 60)
                .set()
                .ofMaxSize(5)
                .map(times -> times.stream().sorted().toList());
        Arbitrary<List<Verb>> reasonFor = Arbitraries.of(Verb.class)
                .set()
                .ofMaxSize(4)
                .map(verbs -> verbs.stream().sorted().toList());
        Arbitrary<List<Escalation>> escalations = Combinators.combine(
                        Arbitraries.of("oncall", "board", "security"),
                        minutes(1, 60).injectNull(0.3))
                .as(Escalation::new)
                .list()
                .ofMaxSize(3)
                .uniqueElements(Escalation::group);
        Arbitrary<Slot> signers = Combinators.combine(
                        mostly("security", "board"), Arbitraries.integers().between(1, 4))
                .as(Slot::new);
        Arbitrary<BreakGlass> breakGlass = Combinators.combine(mostly("commanders", "oncall"), signers, minutes(1, 60))
                .as(BreakGlass::new);
        Arbitrary<Limits> limits = Combinators.combine(
                        Arbitraries.integers().between(1, 1_000), minutes(1, 60).injectNull(0.3))
                .as(Limits::new);
        return Combinators.combine(
                        Combinators.combine(slots, minutes(30, 120), reminders)
                                .as((asked, deadline, times) -> new Requirement(
                                        asked,
                                        deadline,
                                        1,
                                        null,
                                        List.of(),
                                        times.stream()
                                                .filter(time -> time.compareTo(deadline) < 0)
                                                .toList(),
                                        List.of(),
                                        null,
                                        null)),
                        Arbitraries.integers().between(1, Requirement.MOST_REJECTIONS),
                        Arbitraries.of(Identification.class).injectNull(0.3),
                        reasonFor,
                        escalations,
                        breakGlass.injectNull(0.1),
                        limits.injectNull(0.3))
                .as((base, rejections, assurance, reasons, others, glass, most) -> new Requirement(
                        base.slots(),
                        base.deadline(),
                        rejections,
                        assurance,
                        reasons,
                        base.reminders(),
                        others,
                        glass,
                        most));
    }

    private static Arbitrary<String> mostly(String usual, String seldom) {
        return Arbitraries.frequency(Tuple.of(5, usual), Tuple.of(1, seldom));
    }

    private static Arbitrary<Duration> minutes(int least, int most) {
        return Arbitraries.integers().between(least, most).map(Duration::ofMinutes);
    }
}
