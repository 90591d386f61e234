package io.obstat.decision;

import io.obstat.contracts.AgentId;
import io.obstat.contracts.Person;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.Reviewer.Identification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who is who at one moment: the people, by which keys they are known in each channel, in which groups they are, who stands for whom, and who
 * answers for which agent. A snapshot; it never changes.
 *
 * <p>INVARIANT: a key that any channel could have been given takes rights away and never gives them. So what a person may do goes by the one key
 * that their channel vouches for ({@link #groups}); who they may be goes by every key ({@link #keys}).
 */
public final class Roster {

    private static final Roster EMPTY = new Roster(List.of(), List.of(), List.of());

    private final List<Delegation> delegations;
    private final Map<String, Member> byId = new HashMap<>();
    private final Map<Identity, Member> byIdentity = new HashMap<>();
    private final Map<String, List<Member>> byKey = new HashMap<>();
    private final Map<AgentId, Agent> agents = new HashMap<>();

    /**
     * A roster of these.
     *
     * @throws IllegalArgumentException when two members have the same id or share an identity
     */
    public Roster(Collection<Member> members, Collection<Delegation> delegations, Collection<Agent> agents) {
        this.delegations = List.copyOf(delegations);
        members.forEach(this::add);
        agents.forEach(agent -> this.agents.put(agent.id(), agent));
    }

    /** Nobody is known. What an issuer says of a person is then all there is. */
    public static Roster empty() {
        return EMPTY;
    }

    /** In which channel an identity is a key. */
    public enum Channel {
        /** The subject that the OIDC issuer gives them. */
        OIDC,
        /** An e-mail address. Keeps people apart; gives nobody a right. */
        EMAIL,
        /** A Slack user: {@code <team>/<user>}. */
        SLACK,
        /** An Entra user: {@code <tenant>/<object id>}. */
        ENTRA
    }

    /**
     * A key by which a channel knows a person; never a display name.
     *
     * @param value as the channel writes it; 1 to 255 characters
     */
    public record Identity(Channel channel, String value) {

        /** Whether what is done under this identity is done by its member: an e-mail address is no proof. */
        boolean isProof() {
            return channel != Channel.EMAIL;
        }

        String key() {
            return value.toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A person in the directory.
     *
     * @param id of theirs in the directory
     * @param active whether they still are one of us; who is not is in no group
     */
    public record Member(String id, Set<Identity> identities, Set<String> groups, boolean active) {

        public Member {
            identities = Set.copyOf(identities);
            groups = Set.copyOf(groups);
        }

        /** How records name them. */
        public Person person() {
            Optional<String> subject = value(Channel.OIDC);
            return new Person(subject.orElse(id), value(Channel.EMAIL).orElse(null));
        }

        private Optional<String> value(Channel channel) {
            return identities.stream()
                    .filter(identity -> identity.channel() == channel)
                    .map(Identity::value)
                    .sorted()
                    .findFirst();
        }
    }

    /**
     * From {@code since} until before {@code until}, {@code to} stands for {@code from} where {@code to} is not asked themselves.
     *
     * @param from member id
     * @param to member id
     */
    public record Delegation(String from, String to, Instant since, Instant until) {

        boolean holdsAt(Instant now) {
            return !now.isBefore(since) && now.isBefore(until);
        }
    }

    /**
     * What the directory says of an agent.
     *
     * @param owners member ids of those who answer for it, beside the owner whom its request names
     * @param suspended whether its grants are worth nothing for now
     */
    public record Agent(AgentId id, Set<String> owners, boolean suspended) {

        public Agent {
            owners = Set.copyOf(owners);
        }
    }

    /** The groups that this reviewer is in now: the directory's word, and the issuer's when the directory does not know them. */
    public Set<String> groups(Reviewer reviewer) {
        return member(reviewer).map(Roster::groups).orElseGet(() -> Set.copyOf(reviewer.groups()));
    }

    /** Whether the directory knows this reviewer. */
    public boolean knows(Reviewer reviewer) {
        return member(reviewer).isPresent();
    }

    /** Whether the directory knows this reviewer as somebody who is no longer one of us. */
    public boolean hasLeft(Reviewer reviewer) {
        return member(reviewer).filter(member -> !member.active()).isPresent();
    }

    /** Those for whom this reviewer stands at this moment, themselves left out. */
    public List<Member> standsFor(Reviewer reviewer, Instant now) {
        return member(reviewer).filter(Member::active).stream()
                .flatMap(member -> delegations.stream()
                        .filter(delegation -> delegation.to().equals(member.id()) && delegation.holdsAt(now))
                        .map(delegation -> byId.get(delegation.from()))
                        .filter(from -> from != null && from.active() && !from.equals(member)))
                .distinct()
                .sorted(Comparator.comparing(Member::id))
                .toList();
    }

    /** Every key of this person, in lower case: those given, and those of every member who has one of them, and so on. */
    public Set<String> keys(Person person) {
        return closure(person.identities());
    }

    /** The same of a reviewer, with the key that their channel vouched for. */
    public Set<String> keys(Reviewer reviewer) {
        var keys = new TreeSet<>(reviewer.person().identities());
        keys.add(identity(reviewer).key());
        return closure(keys);
    }

    /** The one key that the reviewer's channel vouched for, in lower case. */
    public static String vouchedKey(Reviewer reviewer) {
        return identity(reviewer).key();
    }

    /** The member with this id, if there is one. */
    public Optional<Member> member(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Every key of those who own this agent. */
    public Set<String> ownerKeys(AgentId agent) {
        Agent known = agents.get(agent);
        if (known == null) {
            return Set.of();
        }
        var keys = new TreeSet<String>();
        for (String owner : known.owners()) {
            Member member = byId.get(owner);
            keys.addAll(member == null ? Set.of(owner.toLowerCase(Locale.ROOT)) : keys(member));
        }
        return keys;
    }

    /** Whether this is an agent of the directory. */
    public boolean isAgent(Reviewer reviewer) {
        return agents.keySet().stream()
                .anyMatch(agent ->
                        agent.value().equalsIgnoreCase(reviewer.person().subject()));
    }

    /** Whether this member has a key that is an agent's id. */
    public boolean isAgent(Member member) {
        Set<String> keys = keys(member);
        return agents.keySet().stream()
                .anyMatch(agent -> keys.contains(agent.value().toLowerCase(Locale.ROOT)));
    }

    /** Those who have this key in any channel, whatever its case. */
    public List<Member> known(String key) {
        return byKey.getOrDefault(key.toLowerCase(Locale.ROOT), List.of()).stream()
                .distinct()
                .toList();
    }

    public boolean isSuspended(AgentId agent) {
        Agent known = agents.get(agent);
        return known != null && known.suspended();
    }

    /** Every key of this member, as of {@link #keys(Person)}. */
    public Set<String> keys(Member member) {
        var keys = new TreeSet<String>();
        member.identities().forEach(identity -> keys.add(identity.key()));
        return closure(keys);
    }

    static Set<String> groups(Member member) {
        return member.active() ? member.groups() : Set.of();
    }

    /** The member whom the reviewer's channel vouched for. */
    public Optional<Member> member(Reviewer reviewer) {
        return Optional.ofNullable(byIdentity.get(identity(reviewer)));
    }

    private static Identity identity(Reviewer reviewer) {
        String subject = reviewer.person().subject();
        if (reviewer.identifiedBy() != Identification.CHAT) {
            return new Identity(Channel.OIDC, subject);
        }
        // A chat provider vouches as slack:<team> or entra:<tenant>; the subject is its user.
        String[] authority = reviewer.authority().split(":", 2);
        Channel channel = authority[0].equals("slack") ? Channel.SLACK : Channel.ENTRA;
        return new Identity(channel, authority[authority.length - 1] + "/" + subject);
    }

    private Set<String> closure(Set<String> from) {
        var keys = new TreeSet<>(from);
        var open = new ArrayList<>(from);
        while (!open.isEmpty()) {
            for (Member member : byKey.getOrDefault(open.removeLast(), List.of())) {
                member.identities().stream()
                        .map(Identity::key)
                        .filter(keys::add)
                        .forEach(open::add);
            }
        }
        return keys;
    }

    private void add(Member member) {
        if (byId.put(member.id(), member) != null) {
            throw new IllegalArgumentException("Two members have the id %s; give one another".formatted(member.id()));
        }
        for (Identity identity : member.identities()) {
            if (identity.isProof() && byIdentity.put(identity, member) != null) {
                throw new IllegalArgumentException(
                        "Two members have the identity %s; it can be one person's only".formatted(identity));
            }
            byKey.computeIfAbsent(identity.key(), key -> new ArrayList<>()).add(member);
        }
    }
}
