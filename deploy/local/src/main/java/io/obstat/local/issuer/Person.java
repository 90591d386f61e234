package io.obstat.local.issuer;

import java.util.List;

/**
 * Somebody who can sign in at the local issuer.
 *
 * @param name the subject of their tokens
 * @param fullName for people to read
 * @param groups the groups that policy counts
 * @param about in a few words, for whoever has to choose
 */
public record Person(String name, String fullName, List<String> groups, String about) {

    public Person {
        groups = List.copyOf(groups);
    }

    public String email() {
        return name + "@example.com";
    }

    /** Everybody there is, in the order of the page to sign in. */
    public static List<Person> all() {
        return List.of(
                new Person(
                        "reviewer",
                        "Robin Reviewer",
                        List.of("data-governance", "auditors"),
                        "decides about customer data, and may read the ledger"),
                new Person(
                        "second-reviewer",
                        "Sam Second",
                        List.of("data-governance", "oncall"),
                        "decides about customer data, and is on call"),
                new Person(
                        "owner",
                        "Olivia Owner",
                        List.of("data-governance"),
                        "owns etl-agent, so may not decide its requests"),
                new Person(
                        "oncall",
                        "Oscar Oncall",
                        List.of("oncall", "platform"),
                        "on call for the platform, and owns ops-agent"),
                new Person("auditor", "Ada Auditor", List.of("auditors"), "reads the ledger"));
    }
}
