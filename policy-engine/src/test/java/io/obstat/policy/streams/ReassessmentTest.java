package io.obstat.policy.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.EventId;
import io.obstat.contracts.ServiceName;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.AutoAllowed;
import io.obstat.contracts.event.AutoDenied;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.Event;
import io.obstat.contracts.event.EventType;
import io.obstat.contracts.event.NobodyReached;
import io.obstat.contracts.event.ReassessmentRequested;
import io.obstat.contracts.event.Verdict;
import io.obstat.contracts.kafka.EventCodec;
import io.obstat.policy.Consequence;
import io.obstat.policy.Policy;
import io.obstat.policy.Requests;
import java.nio.file.Path;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policy speaks again about an action when it is asked to. */
class ReassessmentTest {

    private static final ActionRequested REQUEST = Requests.export();
    private static final Policy ALLOWING = MemoryKafka.policy(new Consequence.Allow());
    private static final Policy DENYING = MemoryKafka.policy(new Consequence.Deny(null, null));

    @TempDir
    Path stateDirectory;

    @Test
    void shouldJudgeTheRequestAsItIsNow() throws Exception {
        try (var kafka = new MemoryKafka(ALLOWING, stateDirectory)) {
            // Given a verdict, and the inputs edited since
            kafka.send(Requests.event(REQUEST));
            Envelope<?> first = kafka.nextVerdict();
            ActionRequested edited = edited("{\"rows\":10}");
            // When
            Envelope<ReassessmentRequested> again = reassessment("evt_edit", edited);
            kafka.send(again);
            // Then
            Envelope<?> second = kafka.nextVerdict();
            assertThat(second.data()).isInstanceOfSatisfying(AutoAllowed.class, allowed -> {
                assertThat(allowed.request()).isEqualTo(edited);
                assertThat(allowed.actionId()).isEqualTo(REQUEST.actionId());
                assertThat(allowed.assessment().assessedAt()).isEqualTo(MemoryKafka.VERDICT_TIME);
            });
            assertThat(second.id())
                    .isEqualTo(EventId.derive(EventType.AUTO_ALLOWED.wireName(), "evt_edit"))
                    .isNotEqualTo(first.id());
            assertThat(second.source()).isEqualTo(ServiceName.POLICY_ENGINE);
            assertThat(second.traceparent()).isEqualTo(again.traceparent());
            assertThat(kafka.isDrained()).isTrue();
        }
    }

    @Test
    void shouldJudgeUnderThePolicyInForceNow() throws Exception {
        // Given a verdict under a policy that allows
        try (var before = new MemoryKafka(ALLOWING, stateDirectory);
                var after = new MemoryKafka(DENYING, stateDirectory)) {
            before.send(Requests.event(REQUEST));
            handOver(before, after);
            // When policy has to speak again, under one that denies
            after.send(reassessment("evt_policy", REQUEST));
            // Then
            assertThat(after.nextVerdict().data()).isInstanceOf(AutoDenied.class);
        }
    }

    @Test
    void shouldGiveARepeatedReassessmentItsFirstVerdictWhateverPolicyIsInForceByThen() throws Exception {
        try (var before = new MemoryKafka(ALLOWING, stateDirectory);
                var after = new MemoryKafka(DENYING, stateDirectory)) {
            // Given
            before.send(reassessment("evt_edit", REQUEST));
            TestRecord<byte[], byte[]> first = before.verdicts.readRecord();
            handOver(before, after);
            // When it comes again, under another policy
            after.send(reassessment("evt_edit", REQUEST));
            // Then the same event is given, byte for byte
            TestRecord<byte[], byte[]> second = after.verdicts.readRecord();
            assertThat(second.value()).isEqualTo(first.value());
            assertThat(second.headers()).isEqualTo(first.headers());
            // And another reassessment of the same action is another case
            after.send(reassessment("evt_edit-2", REQUEST));
            assertThat(after.nextVerdict().data()).isInstanceOf(AutoDenied.class);
        }
    }

    @Test
    void shouldLeaveTheFirstVerdictOfTheRequestWhatItWas() throws Exception {
        try (var before = new MemoryKafka(ALLOWING, stateDirectory);
                var after = new MemoryKafka(DENYING, stateDirectory)) {
            // Given a request with its verdict, and another verdict since
            before.send(Requests.event(REQUEST));
            TestRecord<byte[], byte[]> first = before.verdicts.readRecord();
            handOver(before, after);
            after.send(reassessment("evt_edit", edited("{\"rows\":10}")));
            assertThat(after.nextVerdict().data()).isInstanceOf(AutoDenied.class);
            // When the request comes again
            after.send(Requests.event(REQUEST));
            // Then
            TestRecord<byte[], byte[]> again = after.verdicts.readRecord();
            assertThat(again.value()).isEqualTo(first.value());
            assertThat(again.headers()).isEqualTo(first.headers());
        }
    }

    @Test
    void shouldPassOverEveryOtherEventWithoutReadingIt() throws Exception {
        try (var kafka = new MemoryKafka(ALLOWING, stateDirectory)) {
            // Given an event of the approvals that asks nothing, and one whose data is never looked at
            var other = new NobodyReached(REQUEST.actionId(), Requests.NOW, Requests.NOW);
            ProducerRecord<String, byte[]> record = EventCodec.encode(approvalEvent("evt_other", other));
            // When
            kafka.send(approvalEvent("evt_other", other));
            kafka.sendToApprovals(MemoryKafka.bytes(record.key()), MemoryKafka.bytes("not decoded"), record.headers());
            // Then
            assertThat(kafka.isDrained()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"none", "io.obstat.action.requested.v1", "io.obstat.approval.reassessment-requested.v1", "what"})
    void shouldPutPoisonWithTheDeadLettersOfItsTopicAndGoOn(String type) throws Exception {
        try (var kafka = new MemoryKafka(ALLOWING, stateDirectory)) {
            // Given a record without a type, with one that the topic does not carry, and with one that it lies about
            ProducerRecord<String, byte[]> good = EventCodec.encode(reassessment("evt_edit", REQUEST));
            Headers headers = new RecordHeaders(good.headers().toArray());
            headers.remove("ce_type");
            if (!type.equals("none")) {
                headers.add("ce_type", MemoryKafka.bytes(type));
            }
            // When
            kafka.sendToApprovals(MemoryKafka.bytes(good.key()), MemoryKafka.bytes("{"), headers);
            kafka.send(reassessment("evt_edit", REQUEST));
            // Then
            TestRecord<byte[], byte[]> dead = kafka.approvalsDeadLetters.readRecord();
            assertThat(dead.value()).isEqualTo(MemoryKafka.bytes("{"));
            assertThat(MemoryKafka.header(dead, DeadLetters.TOPIC)).isEqualTo("obstat.approvals");
            assertThat(MemoryKafka.header(dead, DeadLetters.READER)).isEqualTo("policy-engine");
            assertThat(kafka.nextVerdict().data()).isInstanceOf(AutoAllowed.class);
            assertThat(kafka.isDrained()).isTrue();
        }
    }

    @Test
    void shouldPutAHeaderWithoutAValueWithTheDeadLetters() throws Exception {
        try (var kafka = new MemoryKafka(ALLOWING, stateDirectory)) {
            // Given
            byte @Nullable [] nothing = null;
            Headers headers = new RecordHeaders().add("ce_type", nothing);
            // When
            kafka.sendToApprovals(null, null, headers);
            // Then
            assertThat(kafka.approvalsDeadLetters.readRecordsToList()).hasSize(1);
        }
    }

    @Test
    void shouldNotJudgeOneActionForAnother() throws Exception {
        try (var kafka = new MemoryKafka(ALLOWING, stateDirectory)) {
            // Given an event about one action with the request of another
            var crossed = new ReassessmentRequested(
                    ActionId.derive(REQUEST.verified().agent(), "another"), REQUEST, null, Requests.NOW);
            // When
            kafka.send(approvalEvent("evt_crossed", crossed));
            // Then
            assertThat(MemoryKafka.header(kafka.approvalsDeadLetters.readRecord(), DeadLetters.REASON))
                    .isEqualTo("The request is of the action %s, but the event is about %s"
                            .formatted(REQUEST.actionId(), crossed.actionId()));
            assertThat(kafka.isDrained()).isTrue();
        }
    }

    /** The same action with other inputs. */
    private static ActionRequested edited(String parameters) {
        ActionRequested other = Requests.of("data.export", "postgres://prod/customers", "production", parameters);
        return new ActionRequested(
                REQUEST.actionId(),
                ActionDigest.of(other.verified().agent(), other.verified().onBehalfOf(), other.action()),
                other.action(),
                other.verified(),
                other.claimed(),
                other.requestedAt(),
                other.deadline());
    }

    private static Envelope<ReassessmentRequested> reassessment(String id, ActionRequested request) {
        return approvalEvent(id, new ReassessmentRequested(request.actionId(), request, null, Requests.NOW));
    }

    private static <E extends Event> Envelope<E> approvalEvent(String id, E event) {
        return new Envelope<>(
                new EventId(id),
                ServiceName.DECISION_SERVICE,
                Requests.NOW,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                event);
    }

    /** What one instance remembers, another gets from the changelog. */
    private static void handOver(MemoryKafka from, MemoryKafka to) {
        try (KeyValueIterator<String, Envelope<Verdict>> all = from.store().all()) {
            all.forEachRemaining(entry -> to.store().put(entry.key, entry.value));
        }
    }
}
