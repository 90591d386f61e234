package io.obstat.local;

import io.obstat.local.chat.FakeChatRecipe;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What to start, and where.
 *
 * @param directories the build to start it from, and the home to keep it in
 * @param ports where each part listens
 * @param infrastructure own or given Kafka and PostgreSQL
 * @param parts which parts to start; one that is given from outside is never started
 * @param machines how the virtual machines of the parts run
 * @param environment variables a part gets beyond the usual ones, which they replace
 */
public record StackSpec(
        Directories directories,
        Ports ports,
        Infrastructure infrastructure,
        Set<PartName> parts,
        VirtualMachines machines,
        Map<PartName, Map<String, String>> environment) {

    public StackSpec {
        EnumSet<PartName> own = EnumSet.noneOf(PartName.class);
        own.addAll(parts);
        if (infrastructure.broker() instanceof Infrastructure.Broker.Given) {
            own.remove(PartName.BROKER);
        }
        if (infrastructure.database() instanceof Infrastructure.Database.Given) {
            own.remove(PartName.POSTGRES);
        }
        parts = Set.copyOf(own);
        environment = Map.copyOf(environment);
    }

    /** The road, on the standard ports, in this home. */
    public static StackSpec of(Directories directories) {
        return new StackSpec(
                directories,
                Ports.standard(),
                Infrastructure.own(),
                PartName.road(),
                VirtualMachines.of(directories),
                Map.of());
    }

    /** The road, on free ports: a stack of a test's own. */
    public static StackSpec isolated(Path root, Path home) {
        return of(new Directories(root, home)).with(Ports.free());
    }

    public StackSpec with(Ports other) {
        return new StackSpec(directories, other, infrastructure, parts, machines, environment);
    }

    public StackSpec with(Infrastructure other) {
        return new StackSpec(directories, ports, other, parts, machines, environment);
    }

    public StackSpec with(VirtualMachines other) {
        return new StackSpec(directories, ports, infrastructure, parts, other, environment);
    }

    public StackSpec only(Set<PartName> some) {
        return new StackSpec(directories, ports, infrastructure, some, machines, environment);
    }

    /** The same with the fake chats, and a notifier that talks to them. */
    public StackSpec withFakeChat() {
        EnumSet<PartName> more = EnumSet.of(PartName.FAKE_CHAT);
        more.addAll(parts);
        return only(more).withNotifierAtFakeChat();
    }

    /** The same with a notifier that talks to the fake chats, which the caller starts ({@link FakeChatRecipe#settings}). */
    public StackSpec withNotifierAtFakeChat() {
        StackSpec spec = this;
        for (Map.Entry<String, String> variable : FakeChatRecipe.notifierEnvironment(
                        directories, new Endpoints(ports, infrastructure))
                .entrySet()) {
            spec = spec.withEnvironment(PartName.NOTIFIER, variable.getKey(), variable.getValue());
        }
        return spec;
    }

    /** The same with a variable set for one part, such as {@code OBSTAT_POLICY_FILE} for the policy engine. */
    public StackSpec withEnvironment(PartName part, String variable, String value) {
        Map<PartName, Map<String, String>> all = new EnumMap<>(PartName.class);
        all.putAll(environment);
        Map<String, String> ofPart = new java.util.TreeMap<>(all.getOrDefault(part, Map.of()));
        ofPart.put(variable, value);
        all.put(part, Map.copyOf(ofPart));
        return new StackSpec(directories, ports, infrastructure, parts, machines, all);
    }
}
