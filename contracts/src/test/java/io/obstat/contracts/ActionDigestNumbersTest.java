package io.obstat.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.json.MalformedJsonException;
import java.math.BigDecimal;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two different numbers never share a digest, and one number has one. */
class ActionDigestNumbersTest {

    @ParameterizedTest
    @CsvSource({
        "9007199254740993, 9007199254740992",
        "1000000.000000000001, 1000000",
        "0.10000000000000001, 0.1",
        "1e-400, 0",
        "1e400, 1e401"
    })
    void shouldRefuseTheNumberThatWouldShareADigest(String lossy, String kept) {
        // Given / When / Then
        assertThatThrownBy(() -> ActionDigestTest.action("{\"where\":{\"n\":[0," + lossy + "]}}"))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining("where.n[1]")
                .hasMessageContaining("send it as a string");
        if (!kept.startsWith("1e4")) {
            assertThat(ActionDigestTest.action("{\"n\":" + kept + "}").parameters())
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1.0", "1, 1e0", "100, 1E+2", "0, -0", "0, -0.0", "0, 0e1000000000", "0.5, 5e-1"})
    void shouldGiveOneDigestToTheSameNumber(String one, String same) {
        // Given / When / Then
        assertThat(ActionDigestTest.digest("{\"n\":" + same + "}"))
                .isEqualTo(ActionDigestTest.digest("{\"n\":" + one + "}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e1000000000",
                "-1e2147483647",
                "1e-1000000000",
                "1e-2147483647",
                "123456789e-2147483000",
                "0.1e999999999"
            })
    void shouldRefuseHugeExponentsAtOnce(String number) {
        // Given a few bytes that are a number of a billion digits
        // When
        long start = System.nanoTime();

        // Then
        assertThatThrownBy(() -> ActionDigestTest.action("{\"n\":" + number + "}"))
                .isInstanceOf(MalformedJsonException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }

    @Property
    void shouldKeepDifferentNumbersApart(@ForAll BigDecimal one, @ForAll BigDecimal other) {
        // Given / When
        String first = canonicalOrRefused(one);
        String second = canonicalOrRefused(other);

        // Then
        if (first != null && second != null) {
            assertThat(first.equals(second)).isEqualTo(one.compareTo(other) == 0);
        }
    }

    @Property
    void shouldKeepNeighbouringNumbersApart(@ForAll double near, @ForAll("digits") String suffix) {
        // Given a number and the same with more digits than a double holds
        BigDecimal one = new BigDecimal(ActionDigestTest.shortest(near));
        BigDecimal other = one.add(new BigDecimal("1e-" + suffix));

        // When / Then
        String first = canonicalOrRefused(one);
        String second = canonicalOrRefused(other);
        assertThat(first).isNotNull().isNotEqualTo(second);
    }

    @Property
    void shouldKeepEveryDouble(@ForAll double number) {
        // Given the shortest form of a double, which is what languages write
        // When / Then
        assertThat(canonicalOrRefused(new BigDecimal(ActionDigestTest.shortest(number))))
                .isNotNull();
    }

    @Provide
    Arbitrary<String> digits() {
        return Arbitraries.integers().between(1, 400).map(String::valueOf);
    }

    private static @Nullable String canonicalOrRefused(BigDecimal number) {
        try {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            object.put("n", number);
            return Parameters.of(object).canonical();
        } catch (MalformedJsonException refused) {
            return null;
        }
    }
}
