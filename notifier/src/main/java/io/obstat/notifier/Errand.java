package io.obstat.notifier;

/**
 * One thing to tell one recipient.
 *
 * @param again whether it may have been told before, and the answer was lost
 */
public record Errand(DeliveryId id, Notice notice, Recipient recipient, boolean again) {}
