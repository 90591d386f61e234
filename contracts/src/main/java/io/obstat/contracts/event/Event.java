package io.obstat.contracts.event;

/** A fact. Its {@link EventType} gives its name on the wire, its {@link #key()} the Kafka record key. */
public sealed interface Event permits ActionEvent, ActionIntent, PolicySetActivated {

    /** The Kafka record key: the action's id, so that one action's events stay in order in each topic. */
    String key();
}
