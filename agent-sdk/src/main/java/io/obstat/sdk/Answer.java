package io.obstat.sdk;

/** What came of waiting for a decision. Only {@link Approved} leads on, by itself or out of a {@link Refusal.Edited}. */
public sealed interface Answer permits Approved, Refusal.Edited, Refusal.ByDecision, Refusal.Undecided {}
