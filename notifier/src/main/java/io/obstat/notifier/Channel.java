package io.obstat.notifier;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A way to reach people. A new channel is one package with one implementation of this port; delivery, retry and the record of it are done
 * outside. A chat that can hold cards is a {@link Chat} instead.
 */
public interface Channel {

    /** Such as {@code webhook}; 1 to 50 characters. Stands in the delivery record, so it never changes. */
    String name();

    /**
     * Who is to be told this through this channel; empty when nobody is. Must not block.
     *
     * @param approval all that is known by now, this notice included
     */
    List<Recipient> recipients(Notice notice, Approval approval);

    /** What this channel calls somebody with these keys; empty when it does not know them, or knows no people. */
    Optional<String> nameOf(Directory.Keys keys);

    /** Whether it tells people, who wait and have little time, and no programs. */
    boolean tellsPeople();

    /** Whether what a recipient is told of one action comes in order, the next once the one before has ended. */
    boolean inOrder();

    /**
     * Tells the recipient. Must not block. May be called again with the same id when an answer was lost; the channel hands the id on, so that
     * the recipient can recognise the repeat.
     *
     * @return how it went; a failed stage counts as {@link Attempt.Troubled}
     */
    CompletionStage<Attempt> deliver(Errand errand);
}
