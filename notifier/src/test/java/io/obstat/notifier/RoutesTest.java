package io.obstat.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.notifier.Routes.Route;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoutesTest {

    private static final Recipient DATA = new Recipient("slack", "C0DATA");
    private static final Recipient LEGAL = new Recipient("teams", "19:legal@thread.tacv2");
    private static final Recipient REST = new Recipient("slack", "C0REST");
    private static final Requirement BOTH =
            new Requirement(List.of(new Slot("data-governance", 1), new Slot("legal", 1)), Duration.ofMinutes(30));

    private final Story story = new Story("routes");

    @Test
    void shouldTellEachGroupWhereTheFirstRouteThatFitsSays() {
        // Given
        var routes = new Routes(
                List.of(
                        route("data-governance", Set.of("another-rule"), REST),
                        route("data-governance", Set.of("prod-data-export", "another-rule"), DATA),
                        route("data-governance", Set.of(), REST),
                        route("legal", Set.of(), LEGAL)),
                List.of());

        // When, Then
        assertThat(routes.recipients(asked(BOTH))).containsExactly(DATA, LEGAL);
    }

    @Test
    void shouldTellOthersWhenNoRouteFitsAGroup() {
        // Given
        var routes = new Routes(List.of(route("legal", Set.of(), LEGAL)), List.of(REST));

        // When, Then
        assertThat(routes.recipients(asked(BOTH))).containsExactly(REST, LEGAL);
        assertThat(Routes.none().recipients(asked(BOTH))).isEmpty();
    }

    @Test
    void shouldTellNobodyOfAGroupWhoseRouteSaysSo() {
        // Given
        var routes =
                new Routes(List.of(new Route(Set.of("data-governance", "legal"), Set.of(), List.of())), List.of(REST));

        // When, Then
        assertThat(routes.recipients(asked(BOTH))).isEmpty();
    }

    @Test
    void shouldTellAPlaceOnceThoughItIsSeveralGroups() {
        // Given
        var routes =
                new Routes(List.of(new Route(Set.of("data-governance", "legal"), Set.of(), List.of(DATA))), List.of());

        // When, Then
        assertThat(routes.recipients(asked(BOTH))).containsExactly(DATA);
    }

    @Test
    void shouldTellWhoeverIsAskedAsWellByNow() {
        // Given
        var routes = new Routes(
                List.of(route("data-governance", Set.of(), DATA), route("managers", Set.of(), LEGAL)), List.of());

        // When
        Approval escalated =
                Approval.of(List.of(story.wanted("a", Story.ESCALATING), story.escalated("managers", null)));

        // Then
        assertThat(routes.recipients(asked(Story.ESCALATING))).containsExactly(DATA);
        assertThat(routes.recipients(escalated)).containsExactly(DATA, LEGAL);
    }

    @Test
    void shouldRefuseARouteOfNobody() {
        assertThatThrownBy(() -> new Route(Set.of(), Set.of(), List.of(DATA)))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("groups is empty; name the groups whose members are told there");
    }

    private Approval asked(Requirement requirement) {
        return Approval.of(List.of(story.wanted("a", requirement)));
    }

    private static Route route(String group, Set<String> rules, Recipient recipient) {
        return new Route(Set.of(group), rules, List.of(recipient));
    }
}
