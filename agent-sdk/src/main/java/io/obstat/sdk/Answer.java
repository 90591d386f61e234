package io.obstat.sdk;

/** What came of waiting for a decision. Only {@link Approved} leads on. */
public sealed interface Answer permits Approved, Refusal.ByDecision, Refusal.Undecided {}
