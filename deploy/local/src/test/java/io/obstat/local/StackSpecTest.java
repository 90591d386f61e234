package io.obstat.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.local.Infrastructure.Broker;
import io.obstat.local.Infrastructure.Database;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackSpecTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void shouldNotStartWhatIsGiven() {
        // Given
        Infrastructure given = new Infrastructure(
                new Broker.Given("kafka.example:9092"),
                new Database.Given("db.example", 5432, "obstat", "me", "secret"));

        // When
        LocalStack stack =
                LocalStack.of(StackSpec.isolated(directory, directory).with(given));

        // Then
        assertThat(stack.parts())
                .extracting(Part::name)
                .doesNotContain(PartName.BROKER, PartName.POSTGRES)
                .hasSize(6);
        assertThat(stack.endpoints().bootstrapServers()).isEqualTo("kafka.example:9092");
        assertThat(stack.endpoints().jdbcUrl()).isEqualTo("jdbc:postgresql://db.example:5432/obstat");
        assertThat(stack.endpoints().database().user()).isEqualTo("me");
    }

    @Test
    void shouldPointEveryoneAtItsOwnPorts() {
        // Given
        StackSpec spec =
                StackSpec.of(Directories.in(directory)).with(Ports.standard().shiftedBy(100));

        // When
        Endpoints endpoints = LocalStack.of(spec).endpoints();

        // Then
        assertThat(endpoints.issuer()).isEqualTo("http://localhost:8190/obstat");
        assertThat(endpoints.inbox()).isEqualTo("http://localhost:8184/inbox");
        assertThat(endpoints.ledger()).isEqualTo("http://localhost:8185/ledger");
        assertThat(endpoints.reactiveUrl()).isEqualTo("postgresql://localhost:5533/obstat");
    }

    @Test
    void shouldKeepPartsInTheOrderInWhichTheyStart() {
        // When
        LocalStack stack = LocalStack.of(StackSpec.of(Directories.in(directory)).only(PartName.all()));

        // Then
        assertThat(stack.parts()).extracting(Part::name).containsExactly(PartName.values());
    }

    @Test
    void shouldNameThePartsThereAreWhenAskedForAnother() {
        // Given
        LocalStack stack = LocalStack.of(StackSpec.of(Directories.in(directory)).only(Set.of(PartName.BROKER)));

        // When / Then
        assertThatThrownBy(() -> stack.part("zookeeper"))
                .hasMessageContaining("zookeeper")
                .hasMessageContaining("audit-ledger");
        assertThatThrownBy(() -> stack.part("issuer"))
                .hasMessageContaining("issuer")
                .hasMessageContaining("broker");
    }

    @Test
    void shouldBeDownBeforeItIsStarted() {
        // When
        LocalStack stack = LocalStack.of(StackSpec.isolated(directory, directory));

        // Then
        assertThat(stack.parts()).extracting(Part::state).containsOnly(Part.State.DOWN);
        assertThat(stack.isReady()).isFalse();
    }

    @Test
    void shouldNameTheControllersPortWhenItIsTaken() throws IOException {
        // Given
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ports ports = new Ports(Ports.free().byPart(), other.getLocalPort(), 2525);
            Part broker = LocalStack.of(StackSpec.of(Directories.in(directory)).with(ports))
                    .part(PartName.BROKER);

            // When / Then
            assertThatThrownBy(broker::requirePort)
                    .isInstanceOf(StackException.PortInUse.class)
                    .hasMessageContaining(
                            "Port %d, which broker needs, is taken by process %d",
                            other.getLocalPort(), ProcessHandle.current().pid());
        }
    }
}
