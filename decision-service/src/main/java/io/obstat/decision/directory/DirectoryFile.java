package io.obstat.decision.directory;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Quoted;
import io.obstat.contracts.Required;
import io.obstat.contracts.json.CanonicalJson;
import io.obstat.contracts.json.Json;
import io.obstat.contracts.json.MalformedJsonException;
import io.obstat.decision.Member.Channel;
import io.obstat.decision.Member.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The directory's file. Read once, at start; a change takes a restart. See {@code docs/reference/directory.md}.
 *
 * <pre>{@code
 * people:
 *   - id: ann                                # never used again for somebody else
 *     identities:
 *       oidc: [ann]                          # the sub of her tokens
 *       email: [ann@example.com]
 *       slack: [T024BE7LD/U2147483697]       # team id / user id
 *       entra: [<tenant id>/<object id>]
 *     groups: [data-governance]              # as policy names them
 * agents:
 *   - id: etl-agent
 *     owners: {ids: [ann]}                   # people of this file; oidc, email, slack or entra for others
 * }</pre>
 */
public final class DirectoryFile {

    private static final int MOST_PEOPLE = 10_000;
    private static final int MOST_AGENTS = 10_000;
    private static final int MOST_IDENTITIES = 20;
    private static final int MOST_GROUPS = 200;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, String> keys = new HashMap<>();

    private DirectoryFile() {}

    private record Document(
            @Nullable List<Entry> people, @Nullable List<AgentEntry> agents) {}

    private record Entry(
            String id, Keys identities, @Nullable List<String> groups) {}

    private record AgentEntry(AgentId id, Keys owners) {}

    private record Keys(
            @Nullable List<String> ids,
            @Nullable List<String> oidc,
            @Nullable List<String> email,
            @Nullable List<String> slack,
            @Nullable List<String> entra) {

        @Nullable
        List<String> of(Channel channel) {
            return switch (channel) {
                case OIDC -> oidc;
                case EMAIL -> email;
                case SLACK -> slack;
                case ENTRA -> entra;
            };
        }
    }

    /**
     * What this file says.
     *
     * @throws InvalidDirectoryFileException naming the file, the field and what to do
     */
    public static Listing read(Path file) {
        byte[] text;
        try {
            text = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new InvalidDirectoryFileException(
                    "The directory file %s cannot be read (%s); set OBSTAT_DECISION_DIRECTORY_FILE to a readable YAML file"
                            .formatted(file, e),
                    e);
        }
        try {
            return parse(text);
        } catch (MalformedJsonException | InvalidFieldException e) {
            throw new InvalidDirectoryFileException("The directory file %s: %s".formatted(file, e.getMessage()), e);
        }
    }

    /**
     * What this YAML text says.
     *
     * @throws MalformedJsonException when it is no YAML, or has a field that is unknown or of the wrong form
     * @throws InvalidFieldException when a value is missing or not acceptable, or two people have a key in common
     */
    public static Listing parse(byte[] yaml) {
        JsonNode tree = tree(yaml);
        Document document = Json.readStrict(Json.write(tree), Document.class);
        return new DirectoryFile().listing(CanonicalJson.sha256(tree), document);
    }

    private Listing listing(String digest, Document document) {
        Required.present("people", document.people());
        List<Entry> entries = Required.list("people", document.people(), MOST_PEOPLE);
        List<Listing.Person> people = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            people.add(person("people[%d]".formatted(i), entries.get(i)));
        }
        List<AgentEntry> agentEntries = Required.list("agents", document.agents(), MOST_AGENTS);
        Map<AgentId, Listing.Agent> agents = new LinkedHashMap<>();
        for (int i = 0; i < agentEntries.size(); i++) {
            String path = "agents[%d]".formatted(i);
            Listing.Agent agent = agent(path, agentEntries.get(i));
            if (agents.put(agent.id(), agent) != null) {
                throw new InvalidFieldException(path + ".id", "is %s a second time; keep one".formatted(agent.id()));
            }
        }
        return new Listing(digest, people, List.copyOf(agents.values()));
    }

    private Listing.Person person(String path, Entry entry) {
        String id = id(path + ".id", entry.id());
        String first = ids.putIfAbsent(id, path);
        if (first != null) {
            throw new InvalidFieldException(
                    path + ".id", "is %s, as %s.id is; give each person an id of their own".formatted(id, first));
        }
        Required.present(path + ".identities", entry.identities());
        if (entry.identities().ids() != null) {
            throw new InvalidFieldException(
                    path + ".identities.ids", "is not a known field; the person's id stands beside identities");
        }
        Map<Identity, String> identities = identities(path + ".identities", entry.identities());
        if (identities.isEmpty()) {
            throw new InvalidFieldException(
                    path + ".identities", "is empty; give at least one key by which a channel knows this person");
        }
        identities.forEach(this::requireUnused);
        Set<String> groups = new LinkedHashSet<>();
        List<String> names = Required.list(path + ".groups", entry.groups(), MOST_GROUPS);
        for (int g = 0; g < names.size(); g++) {
            groups.add(Identities.group("%s.groups[%d]".formatted(path, g), names.get(g)));
        }
        return new Listing.Person(id, identities, groups);
    }

    private Listing.Agent agent(String path, AgentEntry entry) {
        Required.present(path + ".id", entry.id());
        String person = keys.get(key(Channel.OIDC, entry.id().value()));
        if (person != null) {
            throw new InvalidFieldException(
                    path + ".id",
                    "is %s, as %s is; an agent is no person, give it another id".formatted(entry.id(), person));
        }
        Required.present(path + ".owners", entry.owners());
        Set<Listing.Owner> owners = new LinkedHashSet<>();
        List<String> named = Required.list(path + ".owners.ids", entry.owners().ids(), MOST_IDENTITIES);
        for (int o = 0; o < named.size(); o++) {
            String field = "%s.owners.ids[%d]".formatted(path, o);
            if (!ids.containsKey(named.get(o))) {
                throw new InvalidFieldException(
                        field,
                        "is %s, which no person of this file has as id; list the person, or name their oidc or email key"
                                .formatted(Quoted.of(named.get(o))));
            }
            owners.add(new Listing.Owner(null, named.get(o)));
        }
        identities(path + ".owners", entry.owners())
                .keySet()
                .forEach(identity -> owners.add(new Listing.Owner(identity.channel(), identity.value())));
        if (owners.isEmpty()) {
            throw new InvalidFieldException(
                    path + ".owners", "is empty; name at least one person who answers for the agent");
        }
        return new Listing.Agent(entry.id(), owners);
    }

    private static Map<Identity, String> identities(String path, Keys keys) {
        Map<Identity, String> identities = new LinkedHashMap<>();
        for (Channel channel : Channel.values()) {
            String field = path + "." + channel.name().toLowerCase(Locale.ROOT);
            List<String> values = Required.list(field, keys.of(channel), MOST_IDENTITIES);
            for (int i = 0; i < values.size(); i++) {
                String place = "%s[%d]".formatted(field, i);
                identities.putIfAbsent(Identities.of(place, channel, values.get(i)), place);
            }
        }
        return identities;
    }

    private void requireUnused(Identity identity, String path) {
        String first = keys.putIfAbsent(key(identity.channel(), identity.value()), path);
        if (first != null) {
            throw new InvalidFieldException(
                    path, "is %s, as %s is; a key is one person's only".formatted(Quoted.of(identity.value()), first));
        }
    }

    private static String key(Channel channel, String value) {
        return channel + " " + value.toLowerCase(Locale.ROOT);
    }

    private static String id(String path, String id) {
        Required.present(path, id);
        if (!ID.matcher(id).matches()) {
            throw new InvalidFieldException(
                    path,
                    "is %s; use 1 to 64 letters, digits and . _ @ -, a letter or digit first".formatted(Quoted.of(id)));
        }
        return id;
    }

    private static JsonNode tree(byte[] yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new MalformedJsonException(
                    "",
                    "is no YAML%s: %s"
                            .formatted(at == null ? "" : " at line " + at.getLineNr(), e.getOriginalMessage()));
        } catch (IOException e) {
            throw new MalformedJsonException("", "is no YAML: " + e.getMessage());
        }
    }
}
