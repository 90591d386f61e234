package io.obstat.notifier;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A way to reach people. A new channel is one package with one implementation of this port; delivery, retry and the record of it are done
 * outside.
 */
public interface Channel {

    /** Such as {@code webhook}; 1 to 50 characters. Stands in the delivery record, so it never changes. */
    String name();

    /** Who is to be told this through this channel; empty when nobody is. Must not block. */
    List<Recipient> recipients(Notice notice);

    /**
     * Tells the recipient. Must not block. May be called again with the same id when an answer was lost; the channel hands the id on, so that
     * the recipient can recognise the repeat.
     *
     * @return how it went; a failed stage counts as {@link Attempt.Troubled}
     */
    CompletionStage<Attempt> deliver(DeliveryId id, Notice notice, Recipient recipient);
}
