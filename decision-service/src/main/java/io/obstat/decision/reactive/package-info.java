/**
 * The core in motion, asynchronous by Mutiny: {@link io.obstat.decision.reactive.Desk} takes every command, the ports are what it, the HTTP API
 * and the inbox need.
 */
@NullMarked
package io.obstat.decision.reactive;

import org.jspecify.annotations.NullMarked;
