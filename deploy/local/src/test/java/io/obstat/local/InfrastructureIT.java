package io.obstat.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jwt.SignedJWT;
import io.obstat.contracts.Topic;
import io.obstat.contracts.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the services stand on, as real processes: it must take a kill -9 and find its data again. */
class InfrastructureIT {

    private static final String TOPIC = Topics.ACTIONS.name();

    @TempDir
    private static Path home = Path.of("");

    private static LocalStack stack = stack();

    private static LocalStack stack() {
        return LocalStack.of(StackSpec.isolated(Path.of(System.getProperty("obstat.root", "../..")), home)
                .only(Set.of(PartName.BROKER, PartName.POSTGRES, PartName.ISSUER)));
    }

    @BeforeAll
    static void start() {
        stack = stack();
        stack.start(Progress.SILENT);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void shouldMakeEveryTopicAsTheContractsSay() throws Exception {
        // When
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", stack.endpoints().bootstrapServers()))) {
            var described = admin.describeTopics(
                            Topics.all().stream().map(Topic::name).toList())
                    .allTopicNames()
                    .get();

            // Then
            for (Topic topic : Topics.all()) {
                assertThat(Objects.requireNonNull(described.get(topic.name())).partitions())
                        .as(topic.name())
                        .hasSize(topic.partitions());
            }
        }
    }

    @Test
    void shouldKeepRecordsWhenTheBrokerIsKilled() throws Exception {
        // Given
        send("before");
        long pid = stack.part("broker").pid().orElseThrow();

        // When
        stack.part("broker").kill();
        assertThat(stack.part("broker").state()).isEqualTo(Part.State.CRASHED);
        stack.part("broker").start();
        send("after");

        // Then
        assertThat(stack.part("broker").pid().orElseThrow()).isNotEqualTo(pid);
        assertThat(received(2)).containsSubsequence("before", "after");
    }

    @Test
    void shouldKeepRowsWhenPostgresIsKilled() throws Exception {
        // Given
        execute("CREATE TABLE kept (word TEXT)");
        execute("INSERT INTO kept VALUES ('nihil obstat')");

        // When
        stack.part("postgres").kill();
        stack.part("postgres").start();

        // Then
        assertThat(words()).containsExactly("nihil obstat");
    }

    @Test
    void shouldAcceptItsOldTokensWhenTheIssuerIsKilled() throws Exception {
        // Given
        SignedJWT before = token("grant_type=client_credentials&client_id=etl-agent&client_secret=-");
        String key = keys();

        // When
        stack.part("issuer").kill();
        stack.part("issuer").start();

        // Then
        assertThat(keys()).isEqualTo(key).contains(before.getHeader().getKeyID());
    }

    @Test
    void shouldTellAgentsPeopleAndDelegatesApart() throws Exception {
        // When
        SignedJWT agent = token("grant_type=client_credentials&client_id=etl-agent&client_secret=-");
        SignedJWT person = token("grant_type=password&username=reviewer&password=-&client_id=obstat-cli");
        SignedJWT delegate =
                token("grant_type=client_credentials&client_id=etl-agent&client_secret=-&scope=on-behalf-of%3Aowner");

        // Then
        assertThat(agent.getJWTClaimsSet().getIssuer())
                .isEqualTo(stack.endpoints().issuer());
        assertThat(agent.getJWTClaimsSet().getSubject()).isEqualTo("etl-agent");
        assertThat(agent.getJWTClaimsSet().getAudience()).contains("obstat");
        assertThat(agent.getJWTClaimsSet().getStringListClaim("groups")).containsExactly("agents");
        assertThat(person.getJWTClaimsSet().getSubject()).isEqualTo("reviewer");
        assertThat(person.getJWTClaimsSet().getStringListClaim("groups"))
                .containsExactly("data-governance", "auditors");
        assertThat(delegate.getJWTClaimsSet().getSubject()).isEqualTo("owner");
        assertThat(delegate.getJWTClaimsSet().getJSONObjectClaim("act")).containsEntry("sub", "etl-agent");
    }

    private static void send(String value) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", stack.endpoints().bootstrapServers(), "acks", "all"),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, 0, "key", value)).get();
        }
    }

    private static List<String> received(int atLeast) {
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", stack.endpoints().bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(TOPIC, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                for (ConsumerRecord<String, String> each : consumer.poll(Duration.ofMillis(200))) {
                    values.add(each.value());
                }
                return values.size() >= atLeast;
            });
        }
        return values;
    }

    private static Connection connection() throws SQLException {
        return DriverManager.getConnection(stack.endpoints().jdbcUrl(), Endpoints.USER, Endpoints.PASSWORD);
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> words() throws SQLException {
        List<String> words = new ArrayList<>();
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT word FROM kept")) {
            while (rows.next()) {
                words.add(rows.getString(1));
            }
        }
        return words;
    }

    private static SignedJWT token(String form) throws IOException, InterruptedException, ParseException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(stack.endpoints().issuer() + "/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form, StandardCharsets.UTF_8))
                .build();
        JsonNode answer = new ObjectMapper().readTree(call(request));
        return SignedJWT.parse(answer.path("access_token").asText());
    }

    private static String keys() throws IOException, InterruptedException {
        return call(HttpRequest.newBuilder(URI.create(stack.endpoints().issuer() + "/jwks"))
                .build());
    }

    private static String call(HttpRequest request) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var answer = client.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            return answer.body();
        }
    }
}
