package io.obstat.sdk.http;

import java.net.URI;

/** Paths below a service's base address, which may have a path of its own. */
final class Addresses {

    private Addresses() {}

    static URI of(URI base, String path) {
        return URI.create(base.toString().replaceFirst("/+$", "") + path);
    }
}
