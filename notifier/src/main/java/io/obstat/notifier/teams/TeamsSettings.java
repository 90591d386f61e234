package io.obstat.notifier.teams;

import java.net.URI;
import java.time.Duration;

/**
 * The bot in one tenant.
 *
 * @param serviceUrl through which conversations are reached that were never heard from; only its host is talked to
 * @param tokenUrl where our own tokens come from
 * @param metadataUrl by which the Bot Connector's keys are found
 * @param timeout for one call
 */
public record TeamsSettings(
        BotIdentity bot, BotSecret secret, URI serviceUrl, URI tokenUrl, URI metadataUrl, Duration timeout) {}
