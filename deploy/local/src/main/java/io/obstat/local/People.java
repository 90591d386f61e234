package io.obstat.local;

import java.util.List;
import java.util.Map;

/** Who can sign in locally. */
public final class People {

    /**
     * @param subject the OIDC subject
     * @param groups what they may decide
     * @param about in a few words, for whoever has to choose
     */
    public record LocalPerson(String subject, List<String> groups, String about) {

        public String email() {
            return subject + "@example.com";
        }

        Map<String, Object> claims(List<String> audience) {
            return Map.of(
                    "sub", subject,
                    "aud", audience,
                    "name", subject,
                    "preferred_username", subject,
                    "email", email(),
                    "email_verified", true,
                    "groups", groups);
        }
    }

    public static final List<LocalPerson> ALL = List.of(
            new LocalPerson("reviewer", List.of("data-governance", "auditors"), "decides about customer data, and may read the ledger"),
            new LocalPerson("second-reviewer", List.of("data-governance", "oncall"), "decides about customer data, and is on call"),
            new LocalPerson("owner", List.of("data-governance"), "owns etl-agent, so may not decide its requests"),
            new LocalPerson("oncall", List.of("oncall", "platform"), "on call for the platform, and owns ops-agent"),
            new LocalPerson("auditor", List.of("auditors"), "reads the ledger"));

    private People() {}
}
