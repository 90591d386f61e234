/**
 * For agents: ask, wait, redeem, run, report.
 *
 * <pre>{@code
 * try (ObstatClient obstat = HttpObstat.agent("etl-agent")
 *         .intake(URI.create("http://localhost:8081"))
 *         .decisionService(URI.create("http://localhost:8084"))
 *         .tokens(ClientCredentials.of(URI.create("http://localhost:8090/obstat"), "etl-agent", secret))
 *         .connect()) {
 *
 *     ActionDraft draft = ActionDraft.of("data.export", "postgres://prod/customers")
 *             .in("production")
 *             .with("format", "csv")
 *             .with("where", Map.of("country", "DE"))
 *             .because("quarterly churn analysis")
 *             .idempotencyKey("churn-2026-q3")
 *             .build();
 *
 *     String answer = switch (obstat.run(draft, grant -> export(grant.action()))) {
 *         case Attempt.Ran<Path> ran -> "Exported to " + ran.value();
 *         case Attempt.Failed<Path> failed -> failed.message();
 *         case Attempt.NotRun<Path> not -> not.message(); // says what happened and what to do instead
 *     };
 * }
 * }</pre>
 *
 * <p>INVARIANT: {@code NothingRunsWithoutGrant}. The work takes a {@link io.obstat.sdk.Redeemed}, which only a redemption makes; the redemption
 * takes an {@link io.obstat.sdk.Approved}, which only a decision makes whose signatures were checked and whose digest is that of what it allows; and
 * the digest of what is about to run is computed again right before it runs.
 */
@NullMarked
package io.obstat.sdk;

import org.jspecify.annotations.NullMarked;
