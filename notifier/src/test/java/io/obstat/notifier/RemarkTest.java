package io.obstat.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Outcome;
import io.obstat.contracts.event.ActionExecuted.Result;
import io.obstat.contracts.event.Decision.DecidedBy;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RemarkTest {

    private static final Story STORY = new Story("remark");

    static Stream<Notice> silent() {
        return Stream.of(
                STORY.wanted("a", Story.USUAL),
                STORY.opened("a", Story.USUAL),
                STORY.approved("alice", 1),
                STORY.claimed("alice"),
                STORY.released("alice"),
                STORY.turned("U0ALICE", "slack:T0OBSTAT"));
    }

    @ParameterizedTest
    @MethodSource("silent")
    void shouldSayNothingBesideACardThatSaysEnough(Notice notice) {
        assertThat(Remark.of(notice)).isEmpty();
    }

    static Stream<Arguments> loud() {
        return Stream.of(
                Arguments.of(STORY.reminded(1), "Still waiting: data-governance 1 of 2"),
                Arguments.of(
                        STORY.escalated("managers", "alice"),
                        "Escalated by alice@example.com, “I am not sure”: people in managers can decide as well"),
                Arguments.of(
                        STORY.escalated("managers", null),
                        "Escalated, as its time had come: people in managers can decide as well"),
                Arguments.of(
                        STORY.unreached(), "Nobody could be told and nobody has come. It ends 2026-11-22T10:30:00Z"));
    }

    @ParameterizedTest
    @MethodSource("loud")
    void shouldTellEverybodyWhatWaits(Notice notice, String words) {
        assertThat(Remark.of(notice)).get().satisfies(remark -> {
            assertThat(remark.loud()).isTrue();
            assertThat(Words.of(remark.line())).isEqualTo(words);
        });
    }

    static Stream<Arguments> quiet() {
        Notice.Asked asked = STORY.asked("alice", "Which columns?");
        return Stream.of(
                Arguments.of(asked, "alice@example.com asks: “Which columns?”"),
                Arguments.of(STORY.answered(asked, "id"), "etl-agent answers: “id”"),
                Arguments.of(STORY.decided(Outcome.EXPIRED, DecidedBy.TIME), "Expired, as not enough people"),
                Arguments.of(STORY.revoked(null), "by the agent, which gave its grant back"),
                Arguments.of(STORY.broken("dave"), "Emergency: dave@example.com allowed it at once"),
                Arguments.of(STORY.unsigned(2), "Overdue: 2 signatures are missing since"),
                Arguments.of(STORY.unreported(null), "the agent did not use its grant in time"),
                Arguments.of(STORY.unreported(Samples.NOW), "has not said in time how it went"),
                Arguments.of(STORY.executed(Result.FAILED, null), "Ran and failed, reported by etl-agent"));
    }

    @ParameterizedTest
    @MethodSource("quiet")
    void shouldSayInTheThreadWhatHappened(Notice notice, String words) {
        assertThat(Remark.of(notice)).get().satisfies(remark -> {
            assertThat(remark.loud()).isFalse();
            assertThat(Words.of(remark.line())).contains(words);
        });
    }

    @Test
    void shouldSayWhatItIsAboutToWhoeverDoesNotSeeTheCard() {
        // Given
        Notice.Wanted wanted = STORY.wanted("a", Story.USUAL);
        Notice.Decided decided = STORY.decided(Outcome.ALLOWED, DecidedBy.PEOPLE);
        Remark remark = Remark.of(decided).orElseThrow();

        // When
        String words = Words.of(remark.about(Approval.of(List.of(wanted, decided))));

        // Then
        assertThat(words)
                .startsWith("#%s Export customer data from production (etl-agent): Allowed "
                        .formatted(wanted.subject().shortId()));
        assertThat(remark.about(Approval.of(List.of(decided)))).isEqualTo(remark.line());
    }
}
