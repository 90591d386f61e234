package io.obstat.local;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * A whole Obstat on one machine: broker, database, identity provider and the five services, each a process of its own. {@code ./obstat up} and the system
 * tests start it the same way. Parts can be killed and started one by one.
 */
public final class LocalStack {

    /** Tells that a part is ready, and how long it took. */
    public record Ready(Part part, Duration took) {}

    private final Home home;
    private final Ports ports;
    private final Infrastructure infrastructure;
    private final Map<String, Part> parts = new LinkedHashMap<>();

    private LocalStack(Home home, Ports ports, Infrastructure infrastructure) {
        this.home = home;
        this.ports = ports;
        this.infrastructure = infrastructure;
    }

    /**
     * The stack of this checkout, as it is to run from this home; nothing is started yet, and what runs already is found.
     *
     * @param checkout the repository's root, with the services built
     */
    public static LocalStack of(Path checkout, Home home, Ports ports, Infrastructure infrastructure) {
        var stack = new LocalStack(home, ports, infrastructure);
        if (!infrastructure.external()) {
            stack.add(Broker.prepare(home, ports.broker(), ports.controller()));
            stack.add(Postgres.prepare(home, ports.postgres()));
        }
        stack.add(Issuer.prepare(home, ports.issuer()));
        new Services(checkout.toAbsolutePath().normalize(), home, ports, infrastructure).prepare().forEach(stack::add);
        return stack;
    }

    private void add(Part.Spec spec) {
        parts.put(spec.name(), new Part(spec, home));
    }

    public Home home() {
        return home;
    }

    public Ports ports() {
        return ports;
    }

    public Infrastructure infrastructure() {
        return infrastructure;
    }

    /** In the order in which they start. */
    public List<Part> parts() {
        return List.copyOf(parts.values());
    }

    /** @throws IllegalArgumentException when there is no such part, naming those there are */
    public Part part(String name) {
        Part part = parts.get(name);
        if (part == null) {
            throw new IllegalArgumentException("There is no part %s; there are %s".formatted(name, parts.keySet()));
        }
        return part;
    }

    /** Where a service answers, such as {@code request-intake}. */
    public URI url(String service) {
        return URI.create(Services.url(ports.of(service)));
    }

    /** The OIDC issuer, without a trailing slash. */
    public String issuer() {
        return Issuer.url(ports.issuer());
    }

    /** JDBC address of one of the stack's databases: {@code obstat} or {@code demo}. */
    public String jdbcUrl(String database) {
        String url = infrastructure.jdbcUrl();
        return url.substring(0, url.lastIndexOf('/') + 1) + database;
    }

    /**
     * Starts what does not run and waits until all can be used. When a part cannot be started, everything that this call started is stopped.
     *
     * @throws Part.StartFailed saying which, why and what to do
     * @throws PortInUse when something else has a port
     */
    public void up(Consumer<Ready> progress) {
        List<Part> started = new ArrayList<>();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Part> foundation = parts().stream().filter(part -> !isService(part)).toList();
            List<Part> services = parts().stream().filter(this::isService).toList();
            start(foundation, started, progress, threads);
            Broker.createTopics(infrastructure.bootstrapServers());
            if (!infrastructure.external()) {
                Postgres.createDatabases(ports.postgres());
            }
            start(services, started, progress, threads);
        } catch (RuntimeException e) {
            for (Part part : started.reversed()) {
                part.stop();
            }
            throw e;
        }
    }

    /** Stops what runs, in the reverse of the order in which it started. */
    public void down(Consumer<Part> progress) {
        for (Part part : parts().reversed()) {
            boolean ran = part.process().isPresent();
            part.stop();
            if (ran) {
                progress.accept(part);
            }
        }
    }

    private boolean isService(Part part) {
        return Services.NAMES.contains(part.name());
    }

    private static void start(List<Part> some, List<Part> started, Consumer<Ready> progress, ExecutorService threads) {
        List<CompletableFuture<Void>> underway = new ArrayList<>();
        for (Part part : some) {
            if (part.process().isEmpty()) {
                started.add(part);
            }
            long begin = System.nanoTime();
            part.start();
            underway.add(CompletableFuture.runAsync(part::awaitReady, threads).thenRun(() -> {
                synchronized (progress) {
                    progress.accept(new Ready(part, Duration.ofNanos(System.nanoTime() - begin)));
                }
            }));
        }
        try {
            CompletableFuture.allOf(underway.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
