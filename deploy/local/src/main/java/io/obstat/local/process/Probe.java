package io.obstat.local.process;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** Whether somebody answers, on this machine and within a second. */
public final class Probe {

    private static final int PATIENCE_MS = 1_000;
    private static final int OK = 200;

    private Probe() {}

    /** Whether a connection to this port can be made. */
    public static boolean connects(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    /** Whether a GET of this address is answered with 200. */
    public static boolean isOk(String url) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MS);
            connection.setReadTimeout(PATIENCE_MS * 2);
            try {
                return connection.getResponseCode() == OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException nobody) {
            return false;
        }
    }
}
