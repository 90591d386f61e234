package io.obstat.local.chat.shape;

/**
 * What is wrong at one place.
 *
 * @param pointer the place (RFC 6901)
 * @param message what is wrong there, as Slack puts it
 */
public record Fault(String pointer, String message) {}
