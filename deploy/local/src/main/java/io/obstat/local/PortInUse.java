package io.obstat.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A port that something else listens on. The message names port and part, and says what to do. */
public final class PortInUse extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private PortInUse(Part.Spec spec) {
        super("Port %d is in use, but %s needs it. See who holds it with 'ss -ltnp sport = :%d', or stop an Obstat of another folder with './obstat down' there."
                .formatted(spec.port(), spec.name(), spec.port()));
    }

    /** @throws PortInUse when something listens there already */
    static void check(Part.Spec spec) {
        if (answers(spec.port())) {
            throw new PortInUse(spec);
        }
    }

    /** Whether something listens on this port of the loopback address. */
    static boolean answers(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
