package io.obstat.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where each part listens, on the loopback interface.
 *
 * @param byPart one port for every part
 * @param controller the broker's second listener, which only the broker talks to
 * @param mail where the fake chats' mailbox takes mail
 */
public record Ports(Map<PartName, Integer> byPart, int controller, int mail) {

    private static final int LOWEST = 1024;
    private static final int HIGHEST = 65535;

    /** Below the range from which Linux and macOS take the ports of outgoing connections, so that a killed part finds its port free again. */
    private static final int FREE_FROM = 20_000;

    private static final int FREE_TO = 32_000;

    /** @throws IllegalArgumentException when a part has no port, or two have the same, or one is not between 1024 and 65535 */
    public Ports {
        Set<Integer> seen = new HashSet<>();
        require(seen, "controller", controller);
        require(seen, "mail", mail);
        for (PartName name : PartName.values()) {
            Integer port = byPart.get(name);
            if (port == null) {
                throw new IllegalArgumentException("No port for " + name);
            }
            require(seen, name.label(), port);
        }
        byPart = Map.copyOf(byPart);
    }

    private static void require(Set<Integer> seen, String name, int port) {
        if (port < LOWEST || port > HIGHEST) {
            throw new IllegalArgumentException(
                    "The port of %s is %d; it must be from %d to %d".formatted(name, port, LOWEST, HIGHEST));
        }
        if (!seen.add(port)) {
            throw new IllegalArgumentException(
                    "The port of %s is %d, which another part has already".formatted(name, port));
        }
    }

    /** The ones in the documentation. */
    public static Ports standard() {
        Map<PartName, Integer> ports = new EnumMap<>(PartName.class);
        ports.put(PartName.BROKER, 9092);
        ports.put(PartName.POSTGRES, 5433);
        ports.put(PartName.ISSUER, 8090);
        ports.put(PartName.REQUEST_INTAKE, 8081);
        ports.put(PartName.POLICY_ENGINE, 8082);
        ports.put(PartName.NOTIFIER, 8083);
        ports.put(PartName.DECISION_SERVICE, 8084);
        ports.put(PartName.AUDIT_LEDGER, 8085);
        ports.put(PartName.FAKE_CHAT, 8086);
        return new Ports(ports, 9093, 2525);
    }

    /** Ports that nobody listens on now. */
    public static Ports free() {
        Set<Integer> taken = new HashSet<>();
        Map<PartName, Integer> ports = new EnumMap<>(PartName.class);
        for (PartName name : PartName.values()) {
            ports.put(name, freePort(taken));
        }
        return new Ports(ports, freePort(taken), freePort(taken));
    }

    private static int freePort(Set<Integer> taken) {
        for (int tries = 0; tries < 1_000; tries++) {
            int port = ThreadLocalRandom.current().nextInt(FREE_FROM, FREE_TO);
            if (!taken.contains(port) && isFree(port)) {
                taken.add(port);
                return port;
            }
        }
        throw new IllegalStateException("No free port from %d to %d on this machine".formatted(FREE_FROM, FREE_TO));
    }

    /** Whether nobody listens on this port of the loopback interface. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** All of them moved by the same number, so that a second installation fits beside the first. */
    public Ports shiftedBy(int offset) {
        Map<PartName, Integer> shifted = new EnumMap<>(PartName.class);
        byPart.forEach((name, port) -> shifted.put(name, port + offset));
        return new Ports(shifted, controller + offset, mail + offset);
    }

    /** The port of this part. */
    public int of(PartName name) {
        Integer port = byPart.get(name);
        if (port == null) {
            throw new IllegalStateException("No port for " + name);
        }
        return port;
    }
}
