package io.obstat.decision.simulation;

import io.obstat.contracts.Person;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.Reviewer.Identification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A way in which somebody shows up: a channel, the key that it vouches for, and what else it says of them.
 *
 * @param id of the node in the ties
 */
record Login(String id, Reviewer reviewer) {

    static final List<String> GROUPS = List.of("data-governance", "oncall", "platform", "security");
    static final int MEMBERS = 7;
    private static final String ISSUER = "https://issuer.example.com";

    /** Member {@code number} in one of their channels. */
    static Login member(Random random, int number) {
        boolean hasMail = random.nextInt(4) > 0;
        return switch (random.nextInt(7)) {
            case 0 -> chat(random, "U" + number, hasMail ? mail(random, number) : null, "slack:T1");
            case 1 -> chat(random, "E" + number, hasMail ? mail(random, number) : null, "entra:X");
            case 2 -> of(random, "p" + number, null, Identification.BEARER_TOKEN, ISSUER);
            case 3 -> of(random, "p" + number, mail(random, number), Identification.WEBAUTHN, ISSUER);
            // A subject that the directory does not have, of somebody whom it has by another key or in another case.
            case 4 -> of(random, halfKnown(random) + number, mail(random, number), Identification.BEARER_TOKEN, ISSUER);
            default -> of(random, "p" + number, mail(random, number), Identification.OIDC_SESSION, ISSUER);
        };
    }

    private static String halfKnown(Random random) {
        return random.nextBoolean() ? "P" : "uuid-";
    }

    /** Somebody whom the directory does not know: the token's word is all there is. Some turn out to be a member's alias. */
    static Login stranger(Random random) {
        int number = random.nextInt(4);
        String mail = random.nextInt(3) == 0 ? mail(random, random.nextInt(MEMBERS)) : null;
        return of(random, "x" + number, mail, Identification.BEARER_TOKEN, ISSUER);
    }

    /** Not a person. */
    static Login bot(Random random) {
        String name = random.nextBoolean() ? "etl-agent" : random.nextBoolean() ? "ETL-Agent" : "other-agent";
        return of(random, name, null, Identification.BEARER_TOKEN, ISSUER);
    }

    static String mail(Random random, int number) {
        return (random.nextInt(4) == 0 ? "P" : "p") + number + "@example.com";
    }

    private static Login chat(Random random, String user, @Nullable String mail, String provider) {
        return of(random, user, mail, Identification.CHAT, provider);
    }

    private static Login of(Random random, String subject, @Nullable String mail, Identification by, String authority) {
        var groups = new ArrayList<String>();
        GROUPS.stream().filter(group -> random.nextInt(3) > 0).forEach(groups::add);
        if (random.nextInt(40) == 0) {
            groups.add("agents");
        }
        var reviewer = new Reviewer(new Person(subject, mail), groups, by, authority);
        return of(reviewer);
    }

    static Login of(Reviewer reviewer) {
        return new Login(
                "login " + reviewer.person() + reviewer.groups() + reviewer.identifiedBy() + reviewer.authority(),
                reviewer);
    }

    /** Whose it is, if it is a member's. */
    @Nullable
    String member() {
        String subject = reviewer.person().subject();
        return subject.matches("[pUE]\\d") ? "m" + subject.charAt(1) : null;
    }

    /** Whom a record means by this person, who is a member. */
    static String memberOf(Person person) {
        return "m" + person.subject().substring(1);
    }

    /** What is so of this login, when the directory says this of its members. */
    List<Tie> ties(List<Tie> directory) {
        Person person = reviewer.person();
        String key = vouched();
        var ties = new ArrayList<Tie>();
        ties.add(Tie.always(Tie.Kind.KEY, id, key));
        ties.addAll(keys(id, person));
        reviewer.groups().forEach(group -> ties.add(Tie.always(Tie.Kind.IN, id, group)));
        directory.stream()
                .filter(tie -> tie.kind() == Tie.Kind.KEY
                        && Directory.isMember(tie.from())
                        && tie.to().equals(key))
                .forEach(tie -> {
                    Optional<Instant> taken = takenAt(tie, directory);
                    ties.add(Tie.of(Tie.Kind.KNOWN_AS, id, tie.from(), tie.since(), taken.orElse(tie.until())));
                    taken.ifPresent(then -> ties.add(Tie.of(Tie.Kind.LEFT, id, "", then, tie.until())));
                });
        return ties;
    }

    private static Optional<Instant> takenAt(Tie key, List<Tie> directory) {
        return directory.stream()
                .filter(tie -> tie.kind() == Tie.Kind.FORMER && tie.isOf(key))
                .map(Tie::since)
                .filter(key.until()::isAfter)
                .map(then -> then.isAfter(key.since()) ? then : key.since())
                .min(Instant::compareTo);
    }

    /** The keys by which a record names somebody. */
    static List<Tie> keys(String node, Person person) {
        var ties = new ArrayList<Tie>();
        ties.add(Tie.always(Tie.Kind.KEY, node, "OIDC " + person.subject()));
        if (person.email() != null) {
            ties.add(Tie.always(Tie.Kind.KEY, node, "EMAIL " + person.email()));
        }
        return ties;
    }

    private String vouched() {
        String authority = reviewer.authority();
        String subject = reviewer.person().subject();
        return switch (authority.split(":", 2)[0]) {
            case "slack" -> "SLACK " + authority.substring("slack:".length()) + "/" + subject;
            case "entra" -> "ENTRA " + authority.substring("entra:".length()) + "/" + subject;
            default -> "OIDC " + subject;
        };
    }

    @Override
    public String toString() {
        Person person = reviewer.person();
        return "%s%s by %s in %s"
                .formatted(
                        person.subject(),
                        person.email() == null ? "" : " <" + person.email() + ">",
                        reviewer.identifiedBy(),
                        reviewer.groups());
    }
}
