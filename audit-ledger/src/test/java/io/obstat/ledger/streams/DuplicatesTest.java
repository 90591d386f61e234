package io.obstat.ledger.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.EventId;
import io.obstat.contracts.ServiceName;
import io.obstat.contracts.event.ActionIntent;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.EventType;
import io.obstat.contracts.kafka.EventCodec;
import io.obstat.ledger.Hash;
import io.obstat.ledger.LedgerEntry;
import io.obstat.ledger.Samples;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What makes two records the same event, and what becomes of the second. */
class DuplicatesTest extends WithDriver {

    @Test
    void shouldRecogniseAndCountADuplicate() {
        // Given
        Envelope<?> envelope = Samples.envelope(Samples.requested(ID), "1");
        driver.pipe(envelope);

        // When
        driver.pipe(envelope);
        driver.pipe(Samples.envelope(Samples.approvalRequired(ID), "1"));
        driver.pipe(envelope);

        // Then
        assertThat(driver.entries()).hasSize(2);
        assertThat(driver.view(ID))
                .isNotNull()
                .satisfies(view -> assertThat(view.tally().entries()).isEqualTo(2));
        assertThat(driver.counted("duplicates")).isEqualTo(2);
    }

    @Test
    void shouldNotPassOverInSilenceAnotherEventUnderAKnownId() {
        // Given
        Envelope<?> first = Samples.envelope(Samples.allowed(ID), "1");
        driver.pipe(first);

        // When: the id of the decision again, with another decision, with the same, and with its bytes under another
        // type
        driver.pipe(new Envelope<>(first.id(), first.source(), first.time(), null, Samples.rejected(ID)));
        driver.pipe(first);
        Envelope<?> allowed = Samples.envelope(Samples.autoAllowed(ID), "1");
        driver.pipe(allowed);
        ProducerRecord<String, byte[]> denied = EventCodec.encode(allowed);
        denied.headers()
                .remove("ce_type")
                .add("ce_type", EventType.AUTO_DENIED.wireName().getBytes(UTF_8));
        driver.pipe(denied);

        // Then: the first stays the only one, and each other is counted
        assertThat(driver.entries()).hasSize(2);
        assertThat(driver.counted("duplicates")).isEqualTo(3);
        assertThat(driver.counted("conflicts")).isEqualTo(2);
    }

    @Test
    void shouldRecogniseADuplicateThatAnEarlierVersionNoted() {
        // Given
        Envelope<?> envelope = Samples.envelope(Samples.allowed(ID), "1");
        driver.keep(
                LedgerTopology.SEEN_STORE,
                "obstat.decisions id " + envelope.id().value(),
                "7".getBytes(UTF_8));

        // When
        driver.pipe(envelope);

        // Then
        assertThat(driver.entries()).isEmpty();
        assertThat(driver.counted("duplicates")).isEqualTo(1);
        assertThat(driver.counted("conflicts")).isZero();
    }

    @Test
    void shouldNotLetAPipelineHideAnEventByUsingItsIdFirst() {
        // Given: ids are predictable, and a pipeline chooses its own
        Envelope<?> decision = Samples.envelope(Samples.allowed(ID), "1");
        driver.pipe(new Envelope<>(decision.id(), ServiceName.PIPELINE, Samples.START, null, Samples.intent()));

        // When
        driver.pipe(decision);

        // Then
        assertThat(driver.entries()).hasSize(2);
    }

    @Test
    void shouldNotLetOnePipelineHideTheIntentOfAnother() {
        // Given
        var id = new EventId("job-1");
        driver.pipe(new Envelope<>(id, ServiceName.PIPELINE, Samples.START, null, new ActionIntent("a.b.c")));

        // When
        driver.pipe(new Envelope<>(id, ServiceName.PIPELINE, Samples.START, null, new ActionIntent("d.e.f")));
        driver.pipe(new Envelope<>(id, ServiceName.PIPELINE, Samples.START, null, new ActionIntent("a.b.c")));

        // Then
        assertThat(driver.entries())
                .extracting(LedgerEntry::leaf)
                .satisfiesExactly(
                        leaf -> assertThat(leaf)
                                .contains(Hash.sha256("a.b.c".getBytes(UTF_8)).digest()),
                        leaf -> assertThat(leaf)
                                .contains(Hash.sha256("d.e.f".getBytes(UTF_8)).digest()));
        assertThat(driver.counted("duplicates")).isEqualTo(1);
    }
}
