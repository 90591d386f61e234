package io.obstat.intake;

import io.obstat.contracts.AgentId;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Required;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The agents that may ask. An id and a key id each stand for one agent only. */
public final class AgentRegistry {

    /** An agent with one of its keys. */
    public record KeyHolder(RegisteredAgent agent, AgentKey key) {}

    private static final int MOST_AGENTS = 10_000;

    private final Map<AgentId, RegisteredAgent> byId;
    private final Map<String, KeyHolder> byKid;

    private AgentRegistry(Map<AgentId, RegisteredAgent> byId, Map<String, KeyHolder> byKid) {
        this.byId = Map.copyOf(byId);
        this.byKid = Map.copyOf(byKid);
    }

    /**
     * A registry of these.
     *
     * @throws InvalidFieldException naming the agent or key that is there twice
     */
    public static AgentRegistry of(List<RegisteredAgent> agents) {
        List<RegisteredAgent> all = Required.list("agents", agents, MOST_AGENTS);
        Map<AgentId, RegisteredAgent> byId = new HashMap<>();
        Map<String, KeyHolder> byKid = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            RegisteredAgent agent = all.get(i);
            if (byId.put(agent.id(), agent) != null) {
                throw new InvalidFieldException(
                        "agents[%d].id".formatted(i), "is %s a second time; an id is one agent".formatted(agent.id()));
            }
            for (int k = 0; k < agent.keys().size(); k++) {
                AgentKey key = agent.keys().get(k);
                if (byKid.put(key.kid(), new KeyHolder(agent, key)) != null) {
                    throw new InvalidFieldException(
                            "agents[%d].keys[%d].kid".formatted(i, k),
                            "is %s a second time; a kid is one key of one agent".formatted(key.kid()));
                }
            }
        }
        return new AgentRegistry(byId, byKid);
    }

    /** How many agents there are. */
    public int size() {
        return byId.size();
    }

    public Optional<RegisteredAgent> agent(AgentId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The agent that holds the key of this id. */
    public Optional<KeyHolder> keyHolder(String kid) {
        return Optional.ofNullable(byKid.get(kid));
    }
}
