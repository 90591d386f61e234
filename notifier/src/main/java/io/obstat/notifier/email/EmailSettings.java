package io.obstat.notifier.email;

import java.net.URI;
import java.time.Duration;

/**
 * What has to be known to send mails.
 *
 * @param from as it stands in the mail
 * @param sender its address alone
 * @param every no two mails to one address come closer after each other
 * @param timeout for sending one
 * @param inbox where people decide
 */
public record EmailSettings(String from, EmailAddress sender, Duration every, Duration timeout, URI inbox) {}
