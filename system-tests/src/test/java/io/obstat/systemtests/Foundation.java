package io.obstat.systemtests;

import io.obstat.local.Infrastructure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * What Kafka and PostgreSQL the road stands on: containers where a Docker engine answers, the launcher's own where none does, or as
 * {@code -Dobstat.infra=embedded|containers} says.
 */
sealed interface Foundation extends AutoCloseable {

    Infrastructure infrastructure();

    /** In a few words, for the log. */
    String describe();

    @Override
    void close();

    static Foundation choose() {
        String asked = System.getProperty("obstat.infra", "auto");
        return switch (asked) {
            case "embedded" -> new Embedded();
            case "containers" -> Containers.start();
            case "auto" -> containersIfTheyCanBeHad();
            default ->
                throw new IllegalArgumentException(
                        "obstat.infra is '%s'; use auto, embedded or containers".formatted(asked));
        };
    }

    private static Foundation containersIfTheyCanBeHad() {
        try {
            if (imagesCanBeHad() && DockerClientFactory.instance().isDockerAvailable()) {
                return Containers.start();
            }
        } catch (RuntimeException e) {
            System.out.printf("A Docker engine answers and cannot be used (%s); going on without%n", e.getMessage());
        }
        return new Embedded();
    }

    /** Whether others than the upstream ones are named, or the usual registry answers: Testcontainers would try for minutes where there is no way to it. */
    private static boolean imagesCanBeHad() {
        if (!System.getProperty(Containers.KAFKA, Containers.UPSTREAM_KAFKA).equals(Containers.UPSTREAM_KAFKA)) {
            return true;
        }
        HttpRequest look = HttpRequest.newBuilder(URI.create("https://registry-1.docker.io/v2/"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(look, BodyHandlers.discarding());
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The launcher's own broker and PostgreSQL. */
    record Embedded() implements Foundation {

        @Override
        public Infrastructure infrastructure() {
            return Infrastructure.own();
        }

        @Override
        public String describe() {
            return "broker and PostgreSQL of the launcher";
        }

        @Override
        public void close() {}
    }

    /** Containers of the upstream images, or of those that {@code obstat.image.kafka} and {@code obstat.image.postgres} name. */
    record Containers(KafkaContainer kafka, PostgreSQLContainer postgres) implements Foundation {

        static final String KAFKA = "obstat.image.kafka";
        static final String UPSTREAM_KAFKA = "apache/kafka:4.1.1";

        private static final String NAME = "obstat";

        static Containers start() {
            KafkaContainer kafka = new KafkaContainer(image(KAFKA, UPSTREAM_KAFKA, "apache/kafka"));
            PostgreSQLContainer postgres = new PostgreSQLContainer(
                            image("obstat.image.postgres", "postgres:18", "postgres"))
                    .withDatabaseName(NAME)
                    .withUsername(NAME)
                    .withPassword(NAME);
            try {
                kafka.start();
                postgres.start();
                return new Containers(kafka, postgres);
            } catch (RuntimeException e) {
                kafka.stop();
                postgres.stop();
                throw e;
            }
        }

        private static DockerImageName image(String property, String usual, String stands) {
            return DockerImageName.parse(System.getProperty(property, usual)).asCompatibleSubstituteFor(stands);
        }

        @Override
        public Infrastructure infrastructure() {
            return new Infrastructure(
                    new Infrastructure.Broker.Given(kafka.getBootstrapServers()),
                    new Infrastructure.Database.Given(
                            postgres.getHost(),
                            postgres.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                            NAME,
                            NAME,
                            NAME));
        }

        @Override
        public String describe() {
            return "containers of %s and %s".formatted(kafka.getDockerImageName(), postgres.getDockerImageName());
        }

        @Override
        public void close() {
            kafka.stop();
            postgres.stop();
        }
    }
}
