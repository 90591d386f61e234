package io.obstat.local.chat.http;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How often what was asked for, answered or not. Safe for use by several threads. */
public final class Calls {

    private final ConcurrentMap<String, Integer> byName = new ConcurrentHashMap<>();

    public void count(String name) {
        byName.merge(name, 1, Integer::sum);
    }

    public int of(String name) {
        return byName.getOrDefault(name, 0);
    }
}
