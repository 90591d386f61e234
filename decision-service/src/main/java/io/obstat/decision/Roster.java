package io.obstat.decision;

import io.obstat.contracts.AgentId;
import io.obstat.contracts.Person;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.decision.Member.Channel;
import io.obstat.decision.Member.Identity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who is who at one moment: the people, by which keys they are known in each channel, in which groups they are, who stands for whom, and who
 * answers for which agent. A snapshot; it never changes.
 *
 * <p>INVARIANT: a key that any channel could have been given takes rights away and never gives them. So what a person may do goes by the one key
 * that their channel vouches for ({@link #groups}); who they may be goes by every key ({@link #keys}).
 */
public final class Roster {

    private static final Roster EMPTY = new Roster(List.of(), List.of(), List.of());

    static final int MOST_OWNERS = 20;

    private final List<Delegation> delegations;
    private final Map<String, Member> byId = new HashMap<>();
    private final Map<Identity, Member> byIdentity = new HashMap<>();
    private final Set<Identity> former = new HashSet<>();
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
     * @param ownerKeys of those who answer for it and are no members, as yet
     * @param suspended whether its grants are worth nothing for now
     */
    public record Agent(AgentId id, Set<String> owners, Set<String> ownerKeys, boolean suspended) {

        public Agent {
            owners = Set.copyOf(owners);
            ownerKeys = Set.copyOf(ownerKeys);
        }

        /** Whether the directory names it. What is only suspended may be anybody's key, or was once: that makes nobody an agent. */
        boolean isListed() {
            return !owners.isEmpty() || !ownerKeys.isEmpty();
        }
    }

    /**
     * The groups that this reviewer is in now: the directory's word, and the issuer's for a stranger. Somebody whom the directory knows by
     * another key than the one that their channel vouches for is in none: what it says of them may be that they have left.
     */
    public Set<String> groups(Reviewer reviewer) {
        return member(reviewer)
                .map(Roster::groups)
                .orElseGet(() -> isStranger(reviewer) ? Set.copyOf(reviewer.groups()) : Set.of());
    }

    /** Whether the directory knows this reviewer, if only by another key than the one that their channel vouches for. */
    public boolean knows(Reviewer reviewer) {
        return !isStranger(reviewer);
    }

    /** Whether the directory has none of this reviewer's keys, in any channel or case. */
    public boolean isStranger(Reviewer reviewer) {
        return Collections.disjoint(ownKeys(reviewer), byKey.keySet());
    }

    /** Whether the directory knows this reviewer as somebody who is no longer one of us, or by a key that was taken from them. */
    public boolean hasLeft(Reviewer reviewer) {
        return member(reviewer).map(member -> !member.active()).orElseGet(() -> former.contains(identity(reviewer)));
    }

    /** Those for whom this reviewer stands at this moment, themselves left out. */
    public List<Member> standsFor(Reviewer reviewer, Instant now) {
        return member(reviewer).map(member -> standsFor(member, now)).orElse(List.of());
    }

    /** Those for whom this member stands at this moment, themselves left out. */
    List<Member> standsFor(Member member, Instant now) {
        return !member.active()
                ? List.of()
                : delegations.stream()
                        .filter(delegation -> delegation.to().equals(member.id()) && delegation.holdsAt(now))
                        .map(delegation -> byId.get(delegation.from()))
                        .filter(from -> from != null && from.active() && !from.equals(member))
                        .distinct()
                        .sorted(Comparator.comparing(Member::id))
                        .toList();
    }

    /** Everybody, by their id. */
    Stream<Member> members() {
        return byId.values().stream().sorted(Comparator.comparing(Member::id));
    }

    /** Every key of this person, in lower case: those given, and those of every member who has one of them, and so on. */
    public Set<String> keys(Person person) {
        return closure(person.identities());
    }

    /** The same of a reviewer, with the key that their channel vouched for. */
    public Set<String> keys(Reviewer reviewer) {
        return closure(ownKeys(reviewer));
    }

    private static Set<String> ownKeys(Reviewer reviewer) {
        var keys = new TreeSet<>(reviewer.person().identities());
        keys.add(identity(reviewer).key());
        return keys;
    }

    /** The keys that prove who this reviewer is, in lower case: all that their member has now, or the one that their channel vouched for. */
    public Set<String> proofs(Reviewer reviewer) {
        return member(reviewer)
                .map(member -> member.identities().stream()
                        .filter(Identity::isProof)
                        .map(Identity::key)
                        .collect(Collectors.toUnmodifiableSet()))
                .orElseGet(() -> Set.of(vouchedKey(reviewer)));
    }

    /** The one key that the reviewer's channel vouched for, in lower case. */
    public static String vouchedKey(Reviewer reviewer) {
        return identity(reviewer).key();
    }

    /** The member with this id, if there is one. */
    public Optional<Member> member(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Whether the directory says that this reviewer answers for the agent: as the member they are, or by a key that no member has. */
    public boolean isOwner(Reviewer reviewer, AgentId agent) {
        Agent known = agents.get(agent);
        return known != null
                && (member(reviewer)
                                .map(Member::id)
                                .filter(known.owners()::contains)
                                .isPresent()
                        || known.ownerKeys().stream()
                                .map(key -> key.toLowerCase(Locale.ROOT))
                                .anyMatch(proofs(reviewer)::contains));
    }

    /** Every key of those who own this agent. */
    public Set<String> ownerKeys(AgentId agent) {
        Agent known = agents.get(agent);
        if (known == null) {
            return Set.of();
        }
        var keys = new TreeSet<String>();
        known.ownerKeys().forEach(key -> keys.add(key.toLowerCase(Locale.ROOT)));
        known.owners().stream().map(byId::get).filter(Objects::nonNull).forEach(owner -> keys.addAll(keys(owner)));
        return keys;
    }

    /**
     * Those who own this agent, as they can be told: whoever its registration names, and the others whom the directory has. At most
     * {@value #MOST_OWNERS}.
     */
    public List<Person> owners(AgentId agent, Person registered) {
        Set<String> first = keys(registered);
        Agent known = agents.get(agent);
        Stream<Person> others = known == null
                ? Stream.of()
                : Stream.concat(
                                known.owners().stream()
                                        .map(byId::get)
                                        .filter(Objects::nonNull)
                                        .map(Member::person),
                                known.ownerKeys().stream().map(key -> new Person(key, null)))
                        .filter(owner -> Collections.disjoint(first, keys(owner)))
                        .sorted(Comparator.comparing(Person::subject));
        return Stream.concat(Stream.of(registered), others).limit(MOST_OWNERS).toList();
    }

    /** Whether this is an agent of the directory. */
    public boolean isAgent(Reviewer reviewer) {
        return listedAgents()
                .anyMatch(agent -> agent.equalsIgnoreCase(reviewer.person().subject()));
    }

    /** Whether this member has a key that is an agent's id. */
    public boolean isAgent(Member member) {
        Set<String> keys = keys(member);
        return listedAgents().anyMatch(agent -> keys.contains(agent.toLowerCase(Locale.ROOT)));
    }

    private Stream<String> listedAgents() {
        return agents.values().stream()
                .filter(Agent::isListed)
                .map(agent -> agent.id().value());
    }

    /** Those who have this key now in any channel, whatever its case. */
    public List<Member> known(String key) {
        return byKey.getOrDefault(key.toLowerCase(Locale.ROOT), List.of()).stream()
                .filter(member -> member.identities().stream()
                        .anyMatch(identity -> identity.value().equalsIgnoreCase(key)))
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
        member.everKnownBy().forEach(identity -> keys.add(identity.key()));
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
                member.everKnownBy().map(Identity::key).filter(keys::add).forEach(open::add);
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
        }
        former.addAll(member.former());
        member.everKnownBy()
                .forEach(identity -> byKey.computeIfAbsent(identity.key(), key -> new ArrayList<>())
                        .add(member));
    }
}
