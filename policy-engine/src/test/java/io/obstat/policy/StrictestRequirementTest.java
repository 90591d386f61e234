package io.obstat.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.BreakGlass;
import io.obstat.contracts.Requirement.Escalation;
import io.obstat.contracts.Requirement.Limits;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.Reviewer.Identification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsCoverage;
import org.jspecify.annotations.Nullable;

/** What many requirements together ask, over generated ones: as much as each, and no more than one of them. */
@Domain(Demands.class)
@Domain(DomainContext.Global.class)
class StrictestRequirementTest {

    private static final Duration NEVER = Duration.ofDays(1_000);

    @Property
    void shouldAskForAsMuchAsEach(@ForAll List<Requirement> all) {
        // Given any requirements, When
        Optional<Requirement> strictest = Requirements.strictest(all);
        // Then whatever fulfils it fulfils each
        strictest.ifPresent(merged -> all.forEach(one -> assertAsksForAsMuch(merged, one)));
    }

    @Property
    void shouldBeThereUnlessTheyAskForTooManyApprovals(@ForAll List<Requirement> all) {
        // Given any requirements, and the most that one of them asks of each group
        Map<String, Integer> asked = new HashMap<>();
        all.forEach(one -> one.slots()
                .forEach(slot ->
                        asked.merge(slot.group(), VerdictPropertiesTest.approvals(one, slot.group()), Math::max)));
        int sum = asked.values().stream().mapToInt(Integer::intValue).sum();
        // When
        Optional<Requirement> strictest = Requirements.strictest(all);
        // Then
        assertThat(strictest.isPresent())
                .isEqualTo(sum <= 20 && asked.values().stream().allMatch(approvals -> approvals <= 10));
    }

    @Property
    void shouldLetNobodyDecideWhomOneDoesNot(@ForAll List<Requirement> all) {
        // Given any requirements, When
        Optional<Requirement> strictest = Requirements.strictest(all);
        // Then every group that is asked later is asked so late or later by none
        strictest.ifPresent(merged -> merged.escalations()
                .forEach(escalation -> assertThat(all)
                        .allMatch(one -> one.escalations().stream()
                                .anyMatch(same -> same.group().equals(escalation.group())
                                        && time(same).compareTo(time(escalation)) <= 0))));
        Statistics.label("escalates, several together")
                .collect(all.size() > 1
                        && strictest
                                .filter(merged -> !merged.escalations().isEmpty())
                                .isPresent())
                .coverage(atLeast(1));
    }

    @Property
    void shouldLetNobodyBreakTheGlassWhomOneDoesNot(@ForAll List<Requirement> all) {
        // Given any requirements, When
        @Nullable
        BreakGlass glass =
                Requirements.strictest(all).map(Requirement::breakGlass).orElse(null);
        // Then each has the same, with no more signatures and no less time
        if (glass != null) {
            all.forEach(one -> {
                assertThat(one.breakGlass()).isNotNull();
                assertThat(glass.group()).isEqualTo(one.breakGlass().group());
                assertThat(glass.signedBy().group())
                        .isEqualTo(one.breakGlass().signedBy().group());
                assertThat(glass.signedBy().approvals())
                        .isGreaterThanOrEqualTo(one.breakGlass().signedBy().approvals());
                assertThat(glass.within()).isLessThanOrEqualTo(one.breakGlass().within());
            });
        }
        Statistics.label("break-glass, several together")
                .collect(all.size() > 1 && glass != null)
                .coverage(atLeast(1));
    }

    @Property
    void shouldAskForNothingThatNoneAsks(@ForAll List<Requirement> all) {
        // Given any requirements, When
        Optional<Requirement> strictest = Requirements.strictest(all);
        // Then each value is one of theirs
        strictest.ifPresent(merged -> {
            merged.slots()
                    .forEach(slot -> assertThat(all)
                            .anyMatch(one -> VerdictPropertiesTest.approvals(one, slot.group()) == slot.approvals()));
            assertThat(all).extracting(Requirement::deadline).contains(merged.deadline());
            assertThat(all).extracting(Requirement::rejections).contains(merged.rejections());
            assertThat(all).extracting(Requirement::assurance).contains(merged.assurance());
            assertThat(merged.reasonFor())
                    .doesNotHaveDuplicates()
                    .allMatch(
                            verb -> all.stream().anyMatch(one -> one.reasonFor().contains(verb)));
            List<Limits> limits = all.stream()
                    .map(Requirement::limits)
                    .filter(Objects::nonNull)
                    .toList();
            if (merged.limits() != null) {
                assertThat(limits)
                        .extracting(Limits::pending)
                        .contains(merged.limits().pending());
                assertThat(limits)
                        .extracting(Limits::cooldown)
                        .contains(merged.limits().cooldown());
            }
            if (merged.breakGlass() != null) {
                assertThat(all)
                        .extracting(one -> one.breakGlass().signedBy())
                        .contains(merged.breakGlass().signedBy());
                assertThat(all)
                        .extracting(one -> one.breakGlass().within())
                        .contains(merged.breakGlass().within());
            }
            merged.escalations()
                    .forEach(escalation ->
                            assertThat(all).anyMatch(one -> one.escalations().contains(escalation)));
        });
    }

    @Property
    void shouldKeepWhatAllAgreeOn(@ForAll List<Requirement> all) {
        // Given any requirements, When
        Optional<Requirement> strictest = Requirements.strictest(all);
        // Then what each allows stays allowed
        strictest.ifPresent(merged -> {
            Set<String> common = new HashSet<>(groups(all.getFirst()));
            all.forEach(one -> common.retainAll(groups(one)));
            List<String> inOrder =
                    groups(all.getFirst()).stream().filter(common::contains).toList();
            assertThat(groups(merged)).isEqualTo(inOrder);
            boolean agreed = all.stream()
                            .map(one -> one.breakGlass() == null
                                    ? "nobody"
                                    : one.breakGlass().group() + " "
                                            + one.breakGlass().signedBy().group())
                            .distinct()
                            .count()
                    == 1;
            if (agreed) {
                assertThat(merged.breakGlass() == null).isEqualTo(all.getFirst().breakGlass() == null);
            }
        });
    }

    @Property
    void shouldRemindAsEachWantsButFiveTimesAtMost(@ForAll List<Requirement> all) {
        // Given any requirements, When
        Optional<Requirement> strictest = Requirements.strictest(all);
        // Then the earliest reminders of all that still come in time
        strictest.ifPresent(merged -> {
            var wanted = new TreeSet<Duration>();
            all.forEach(one -> wanted.addAll(one.reminders()));
            List<Duration> inTime = List.copyOf(wanted.headSet(merged.deadline()));
            assertThat(merged.reminders()).isEqualTo(inTime.subList(0, Math.min(5, inTime.size())));
            Statistics.label("reminders left out").collect(inTime.size() > 5).coverage(atLeast(1));
        });
    }

    @Property
    void shouldNotDependOnTheirOrder(@ForAll List<Requirement> all, @ForAll Random random) {
        // Given any requirements, and the same in another order
        List<Requirement> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        // When
        Optional<Requirement> one = Requirements.strictest(all);
        Optional<Requirement> other = Requirements.strictest(shuffled);
        // Then only slots and escalations may stand in another order
        assertThat(other.isPresent()).isEqualTo(one.isPresent());
        if (one.isPresent()) {
            assertThat(inNoOrder(other.get())).isEqualTo(inNoOrder(one.get()));
        }
    }

    @Property
    void shouldLeaveOneAloneAsItIs(@ForAll Requirement one) {
        // Given one requirement, When
        Optional<Requirement> strictest = Requirements.strictest(List.of(one));
        // Then
        assertThat(strictest)
                .get()
                .usingRecursiveComparison()
                .ignoringFields("slots")
                .isEqualTo(one);
    }

    static void assertAsksForAsMuch(Requirement merged, Requirement one) {
        one.slots()
                .forEach(slot -> assertThat(VerdictPropertiesTest.approvals(merged, slot.group()))
                        .isGreaterThanOrEqualTo(VerdictPropertiesTest.approvals(one, slot.group())));
        assertThat(merged.deadline()).isLessThanOrEqualTo(one.deadline());
        assertThat(merged.rejections()).isLessThanOrEqualTo(one.rejections());
        assertThat(rank(merged.assurance())).isGreaterThanOrEqualTo(rank(one.assurance()));
        for (Verb verb : Verb.values()) {
            assertThat(merged.wantsReason(verb) || !one.wantsReason(verb))
                    .as("%s needs a reason", verb)
                    .isTrue();
        }
        if (one.limits() != null) {
            assertThat(merged.limits()).isNotNull();
            assertThat(merged.limits().pending())
                    .isLessThanOrEqualTo(one.limits().pending());
            assertThat(cooldown(merged)).isGreaterThanOrEqualTo(cooldown(one));
        }
    }

    private static Consumer<StatisticsCoverage> atLeast(double least) {
        return coverage -> coverage.check(true).percentage(percentage -> percentage >= least);
    }

    private static int rank(@Nullable Identification assurance) {
        return assurance == null ? -1 : assurance.ordinal();
    }

    private static Duration time(Escalation escalation) {
        return escalation.after() == null ? NEVER : escalation.after();
    }

    private static Duration cooldown(Requirement requirement) {
        return requirement.limits() == null || requirement.limits().cooldown() == null
                ? Duration.ZERO
                : requirement.limits().cooldown();
    }

    private static List<String> groups(Requirement requirement) {
        return requirement.escalations().stream().map(Escalation::group).toList();
    }

    private static Requirement inNoOrder(Requirement requirement) {
        return new Requirement(
                requirement.slots().stream()
                        .sorted(Comparator.comparing(Slot::group))
                        .toList(),
                requirement.deadline(),
                requirement.rejections(),
                requirement.assurance(),
                requirement.reasonFor(),
                requirement.reminders(),
                requirement.escalations().stream()
                        .sorted(Comparator.comparing(Escalation::group))
                        .toList(),
                requirement.breakGlass(),
                requirement.limits());
    }
}
