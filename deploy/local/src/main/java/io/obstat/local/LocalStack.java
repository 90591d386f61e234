package io.obstat.local;

import io.obstat.local.broker.BrokerRecipe;
import io.obstat.local.broker.BrokerTopics;
import io.obstat.local.chat.FakeChatRecipe;
import io.obstat.local.issuer.IssuerRecipe;
import io.obstat.local.postgres.PostgresRecipe;
import io.obstat.local.quarkus.ServiceRecipe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The road on this machine. The parts are processes of their own: they go on when this program ends, and a second {@code LocalStack}
 * over the same home finds them.
 *
 * <pre>{@code
 * try (LocalStack stack = LocalStack.of(StackSpec.isolated(root, temporaryDirectory))) {
 *     stack.start(Progress.SILENT);
 *     stack.part("decision-service").kill();
 *     stack.part("decision-service").start();
 * }
 * }</pre>
 */
public final class LocalStack implements AutoCloseable {

    private final StackSpec spec;
    private final Map<PartName, Part> parts = new EnumMap<>(PartName.class);

    private LocalStack(StackSpec spec) {
        this.spec = spec;
        for (PartName name : PartName.values()) {
            if (spec.parts().contains(name)) {
                parts.put(
                        name,
                        new Part(
                                recipe(name),
                                spec.directories(),
                                spec.machines().stoppedWithin()));
            }
        }
    }

    /** The stack of this specification, as it is: nothing is started. */
    public static LocalStack of(StackSpec spec) {
        return new LocalStack(spec);
    }

    private Recipe recipe(PartName name) {
        Directories directories = spec.directories();
        return switch (name) {
            case BROKER -> new BrokerRecipe(directories, spec.ports(), spec.machines());
            case POSTGRES -> new PostgresRecipe(directories, spec.ports().of(name));
            case ISSUER -> new IssuerRecipe(directories, endpoints(), spec.machines());
            case FAKE_CHAT -> new FakeChatRecipe(directories, endpoints(), spec.machines());
            case REQUEST_INTAKE, POLICY_ENGINE, NOTIFIER, DECISION_SERVICE, AUDIT_LEDGER ->
                new ServiceRecipe(
                        name,
                        directories,
                        endpoints(),
                        spec.machines(),
                        spec.environment().getOrDefault(name, Map.of()));
        };
    }

    public Directories directories() {
        return spec.directories();
    }

    /** How the parts are reached. */
    public Endpoints endpoints() {
        return new Endpoints(spec.ports(), spec.infrastructure());
    }

    /** The parts, in the order in which they are started. */
    public Collection<Part> parts() {
        return Collections.unmodifiableCollection(parts.values());
    }

    /** @throws IllegalArgumentException when the stack has no such part */
    public Part part(PartName name) {
        Part part = parts.get(name);
        if (part == null) {
            throw new IllegalArgumentException(
                    "This stack does not start %s; it has %s".formatted(name, parts.keySet()));
        }
        return part;
    }

    /** @throws IllegalArgumentException when the stack has no such part */
    public Part part(String label) {
        return part(PartName.labelled(label)
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no part %s; the parts are %s".formatted(label, PartName.labels()))));
    }

    /** Whether every part runs and does its work. */
    public boolean isReady() {
        return parts().stream().allMatch(part -> part.state() == Part.State.READY);
    }

    /**
     * Starts what does not run: first what the services stand on, then the services, each group at once. When one cannot be started,
     * those that this call started are stopped again.
     *
     * @throws StackException when a part cannot be started
     */
    public void start(Progress progress) {
        List<Part> down = parts().stream().filter(part -> !part.isRunning()).toList();
        Thread cleanUp = new Thread(() -> stop(down, Progress.SILENT), "stop-what-was-started");
        Runtime.getRuntime().addShutdownHook(cleanUp);
        try {
            down.forEach(Part::requirePort);
            together(parts().stream().filter(part -> !part.name().isService()).toList(), down, progress);
            if (spec.infrastructure().broker() instanceof Infrastructure.Broker.Given(String servers)) {
                BrokerTopics.create(servers);
            }
            together(parts().stream().filter(part -> part.name().isService()).toList(), down, progress);
        } catch (RuntimeException e) {
            stop(down, progress);
            throw e;
        } finally {
            forget(cleanUp);
        }
    }

    private static void forget(Thread cleanUp) {
        try {
            Runtime.getRuntime().removeShutdownHook(cleanUp);
        } catch (IllegalStateException endingAlready) {
            // The hook runs now, which is what it is for.
        }
    }

    private static void together(List<Part> some, List<Part> down, Progress progress) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> starts = new ArrayList<>();
            for (Part part : some) {
                starts.add(threads.submit(() -> start(part, down.contains(part), progress)));
            }
            for (Future<?> start : starts) {
                start.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException reason) {
                throw reason;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException.PartFailed("Interrupted while starting");
        }
    }

    private static void start(Part part, boolean wasDown, Progress progress) {
        progress.starting(part);
        Duration took = part.start();
        if (wasDown) {
            progress.ready(part, took);
        } else {
            progress.alreadyUp(part);
        }
    }

    /** Stops every part: the services first and together, then what they stand on. Parts that do not run stay as they are. */
    public void stop(Progress progress) {
        stop(parts(), progress);
    }

    private static void stop(Collection<Part> some, Progress progress) {
        stopTogether(some.stream().filter(part -> part.name().isService()).toList(), progress);
        stopTogether(some.stream().filter(part -> !part.name().isService()).toList(), progress);
    }

    private static void stopTogether(List<Part> some, Progress progress) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Part part : some) {
                threads.execute(() -> {
                    boolean ran = part.isRunning();
                    Instant begun = Instant.now();
                    part.stop();
                    if (ran) {
                        progress.stopped(part, Duration.between(begun, Instant.now()));
                    }
                });
            }
        }
    }

    /** Stops every part. */
    @Override
    public void close() {
        stop(Progress.SILENT);
    }
}
