package io.obstat.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void shouldHaveThePortsOfTheDocumentation() {
        // When
        Ports ports = Ports.standard();

        // Then
        assertThat(ports.of(PartName.REQUEST_INTAKE)).isEqualTo(8081);
        assertThat(ports.of(PartName.AUDIT_LEDGER)).isEqualTo(8085);
        assertThat(ports.of(PartName.FAKE_CHAT)).isEqualTo(8086);
        assertThat(ports.of(PartName.ISSUER)).isEqualTo(8090);
        assertThat(ports.of(PartName.BROKER)).isEqualTo(9092);
        assertThat(ports.of(PartName.POSTGRES)).isEqualTo(5433);
    }

    @Test
    void shouldRefuseAPortThatTwoPartsHave() {
        // Given
        Map<PartName, Integer> ports = new EnumMap<>(Ports.standard().byPart());
        ports.put(PartName.NOTIFIER, 8084);

        // When / Then
        assertThatThrownBy(() -> new Ports(ports, 9093, 2525))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8084");
    }

    @Test
    void shouldRefuseAControllerOnAPartsPort() {
        // When / Then
        assertThatThrownBy(() -> new Ports(Ports.standard().byPart(), 9092, 2525))
                .hasMessageContaining("9092");
    }

    @Test
    void shouldRefuseAPartWithoutPort() {
        // Given
        Map<PartName, Integer> ports = new EnumMap<>(Ports.standard().byPart());
        ports.remove(PartName.ISSUER);

        // When / Then
        assertThatThrownBy(() -> new Ports(ports, 9093, 2525)).hasMessageContaining("issuer");
    }

    @Test
    void shouldShiftAllPortsTogether() {
        // When
        Ports shifted = Ports.standard().shiftedBy(10_000);

        // Then
        for (PartName name : PartName.values()) {
            assertThat(shifted.of(name)).isEqualTo(Ports.standard().of(name) + 10_000);
        }
        assertThat(shifted.controller()).isEqualTo(19_093);
        assertThat(shifted.mail()).isEqualTo(12_525);
    }

    @Test
    void shouldRefuseAShiftOutOfTheRange() {
        // When / Then
        assertThatThrownBy(() -> Ports.standard().shiftedBy(60_000)).hasMessageContaining("65535");
    }

    @Test
    void shouldFindFreePortsThatDiffer() {
        // When
        Ports ports = Ports.free();

        // Then
        assertThat(ports.byPart().values()).doesNotHaveDuplicates().allMatch(Ports::isFree);
    }

    @Test
    void shouldNotCallAPortFreeOnWhichSomebodyListens() throws IOException {
        // Given
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // When / Then
            assertThat(Ports.isFree(listening.getLocalPort())).isFalse();
        }
    }
}
