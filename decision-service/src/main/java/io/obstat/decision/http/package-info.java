/**
 * The HTTP API: people under {@code /v1/approvals}, {@code /v1/reviews} and {@code /v1/reviewers}, agents under {@code /v1/decisions} and
 * {@code /v1/grants}, gateways under the latter too, everyone for the keys.
 */
@NullMarked
package io.obstat.decision.http;

import org.jspecify.annotations.NullMarked;
