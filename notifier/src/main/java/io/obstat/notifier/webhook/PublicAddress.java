package io.obstat.notifier.webhook;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Tells addresses of the public internet from those that lead into a network of ours. */
final class PublicAddress {

    private PublicAddress() {}

    /** Whether the address is a global unicast one: not loopback, private, link-local, shared, reserved, nor a tunnel into those. */
    static boolean is(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address ? isPublic6(bytes) : isPublic4(bytes);
    }

    // SPEC: IANA IPv4 special-purpose address registry (RFC 6890).
    private static boolean isPublic4(byte[] b) {
        int first = b[0] & 0xff;
        int second = b[1] & 0xff;
        int third = b[2] & 0xff;
        boolean thisNetwork = first == 0;
        boolean shared = first == 100 && second >= 64 && second < 128;
        boolean protocolAssignments = first == 192 && second == 0 && (third == 0 || third == 2);
        boolean benchmarking = first == 198 && (second == 18 || second == 19);
        boolean documentation =
                (first == 198 && second == 51 && third == 100) || (first == 203 && second == 0 && third == 113);
        boolean reserved = first >= 240;
        return !(thisNetwork || shared || protocolAssignments || benchmarking || documentation || reserved);
    }

    // SPEC: IANA IPv6 special-purpose address registry; only 2000::/3 is global unicast, and in it 2002::/16 (6to4),
    // 2001::/23 (Teredo
    // and other protocols) and 2001:db8::/32 lead elsewhere.
    private static boolean isPublic6(byte[] b) {
        boolean globalUnicast = (b[0] & 0xe0) == 0x20;
        boolean sixToFour = b[0] == 0x20 && b[1] == 0x02;
        boolean protocols = b[0] == 0x20 && b[1] == 0x01 && (b[2] & 0xfe) == 0;
        boolean documentation = b[0] == 0x20 && b[1] == 0x01 && b[2] == 0x0d && (b[3] & 0xff) == 0xb8;
        return globalUnicast && !sixToFour && !protocols && !documentation;
    }
}
