package io.obstat.sdk;

/** What came of presenting a grant. Only {@link Redeemed} lets anything run. */
public sealed interface Redemption permits Redeemed, Refusal.GrantRefused {}
