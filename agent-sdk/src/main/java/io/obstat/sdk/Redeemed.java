package io.obstat.sdk;

import io.obstat.contracts.Action;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.event.ActionExecuted.Result;
import io.obstat.contracts.event.Decision;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A grant taken up: {@link #action()} may run, now and once. Only a redemption makes one. Say how it ended. */
public final class Redeemed implements Redemption {

    private static final int LONGEST_SUMMARY = 1_000;

    private final ObstatClient client;
    private final Action action;
    private final Decision decision;
    private final GrantId grant;
    private final Instant at;

    Redeemed(ObstatClient client, Action action, Decision decision, GrantId grant, Instant at) {
        this.client = client;
        this.action = action;
        this.decision = decision;
        this.grant = grant;
        this.at = at;
    }

    public ActionId actionId() {
        return decision.actionId();
    }

    /** What may run: take resource and parameters from here. */
    public Action action() {
        return action;
    }

    /** Who allowed it, and why. */
    public Decision decision() {
        return decision;
    }

    public GrantId grant() {
        return grant;
    }

    /** When, by the service's clock. */
    public Instant at() {
        return at;
    }

    /** Reports that it ran. */
    public void succeeded(@Nullable String summary) throws InterruptedException {
        client.grants().report(grant, Result.SUCCEEDED, shortened(summary));
    }

    /** Reports that it was begun and failed. */
    public void failed(@Nullable String summary) throws InterruptedException {
        client.grants().report(grant, Result.FAILED, shortened(summary));
    }

    private static @Nullable String shortened(@Nullable String summary) {
        if (summary == null) {
            return null;
        }
        String cut = summary.length() <= LONGEST_SUMMARY ? summary : summary.substring(0, LONGEST_SUMMARY - 1) + "…";
        // What the work said is no reason to be silent about it: half a surrogate pair, of the cut or of the text,
        // becomes "?", and so does U+0000.
        return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace('\0', '?');
    }
}
