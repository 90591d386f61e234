/** The HTTP API: people under {@code /v1/approvals}, agents under {@code /v1/decisions} and {@code /v1/grants}, everyone for the keys. */
@NullMarked
package io.obstat.decision.http;

import org.jspecify.annotations.NullMarked;
