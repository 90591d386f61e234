package io.obstat.systemtests;

import io.obstat.local.Infrastructure;
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
            case "auto" -> DockerClientFactory.instance().isDockerAvailable() ? Containers.start() : new Embedded();
            default ->
                throw new IllegalArgumentException(
                        "obstat.infra is '%s'; use auto, embedded or containers".formatted(asked));
        };
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

        private static final String NAME = "obstat";

        static Containers start() {
            KafkaContainer kafka =
                    new KafkaContainer(image("obstat.image.kafka", "apache/kafka:4.1.1", "apache/kafka"));
            PostgreSQLContainer postgres = new PostgreSQLContainer(
                            image("obstat.image.postgres", "postgres:18", "postgres"))
                    .withDatabaseName(NAME)
                    .withUsername(NAME)
                    .withPassword(NAME);
            kafka.start();
            postgres.start();
            return new Containers(kafka, postgres);
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
