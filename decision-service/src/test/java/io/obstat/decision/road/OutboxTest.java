package io.obstat.decision.road;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ApprovalOpened;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.GrantRedeemed;
import io.obstat.contracts.event.ReviewRecorded;
import io.obstat.decision.Examples;
import io.obstat.decision.kafka.BreakableFactChannel;
import io.obstat.decision.kafka.Road;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Facts whose publishing fails after the commit: as after a crash, or while Kafka is away. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class OutboxTest {

    private static final Slot TWO = new Slot("data-governance", 2);

    @SuppressWarnings("NullAway.Init") // Surroundings puts it there
    Tokens tokens;

    @Inject
    Road road;

    @Inject
    BreakableFactChannel channel;

    @AfterEach
    void reopen() {
        channel.open();
    }

    @Test
    void shouldPublishWhatACrashLeftBehindInOrder() throws SQLException {
        // Given commits whose facts did not leave
        channel.close();
        ActionRequested request = request();
        ActionId id = request.actionId();
        road.verdict(Examples.required(request, Duration.ofMinutes(30), TWO)).join();
        Door.approve(tokens.person("ann", "data-governance"), id, request.digest());
        Door.approve(tokens.person("ben", "data-governance"), id, request.digest());
        String agent = tokens.agent("etl-agent");
        Decision decision = Door.decided(Door.decision(agent, id, 0));
        Door.redeem(agent, Door.grant(decision).token(), request.digest());
        assertThat(road.facts(id)).isEmpty();
        assertThat(Database.waiting(id)).isEqualTo(5);

        // When
        channel.open();

        // Then
        Database.awaitPublished(id);
        assertThat(road.facts(id).stream().map(Envelope::data))
                .hasExactlyElementsOfTypes(
                        ApprovalOpened.class,
                        ReviewRecorded.class,
                        ReviewRecorded.class,
                        Decision.class,
                        GrantRedeemed.class);
    }

    @Test
    void shouldKeepTheOrderWhenALaterFactCouldLeaveBeforeAnEarlierOne() throws SQLException {
        // Given a first fact that did not leave
        channel.close();
        ActionRequested request = request();
        ActionId id = request.actionId();
        road.verdict(Examples.required(request, Duration.ofMinutes(30), TWO)).join();
        await().until(() -> Database.waiting(id) == 1);

        // When the channel works again right before the next fact
        channel.open();
        Door.approve(tokens.person("ann", "data-governance"), id, request.digest());

        // Then
        Database.awaitPublished(id);
        assertThat(road.facts(id).stream().map(Envelope::data))
                .hasExactlyElementsOfTypes(ApprovalOpened.class, ReviewRecorded.class);
    }

    @Test
    void shouldPublishEachFactOnceWhenNothingFails() throws SQLException {
        // Given
        var requests = new ArrayList<ActionRequested>();
        for (int i = 0; i < 50; i++) {
            requests.add(request());
        }

        // When
        long start = System.nanoTime();
        var settled = requests.stream()
                .map(request -> road.verdict(Examples.allowed(request)))
                .toList();
        settled.forEach(CompletableFuture::join);
        ActionId[] ids = requests.stream().map(ActionRequested::actionId).toArray(ActionId[]::new);
        await().until(() -> Database.waiting(ids) == 0);
        Duration took = Duration.ofNanos(System.nanoTime() - start);

        // Then
        var sent =
                requests.stream().map(request -> road.sent(request.actionId())).toList();
        assertThat(sent).allSatisfy(records -> assertThat(Set.copyOf(records)).hasSize(1));
        // Once a lease has ended, the sweep may send what is still under way a second time, and rightly so.
        assumeTrue(took.compareTo(Surroundings.LEASE) < 0, "This machine took longer than a lease");
        assertThat(sent).allSatisfy(records -> assertThat(records).hasSize(1));
    }

    private static ActionRequested request() {
        return Examples.request(
                UUID.randomUUID().toString(), Examples.AGENT, Examples.OWNER, null, Instant.now(), null);
    }
}
