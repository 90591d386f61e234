package io.obstat.contracts.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.erdtman.jcs.NumberToJSON;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JCS library is the oracle where it can be one. */
class EcmaScriptNumberTest {

    @ParameterizedTest
    @CsvSource({"1e-314", "1e-315", "-1e-315", "1e-320"})
    void shouldWriteTheNumbersOverWhichTheLibraryFailsOrNeverEndsOrThatItGetsWrong(String number) {
        // Given / When / Then
        assertThat(EcmaScriptNumber.of(Double.parseDouble(number))).isEqualTo(number);
    }

    @Test
    void shouldAgreeWithTheLibraryAcrossAllMagnitudes() {
        // Given the shortest decimals, every power of two with its neighbours, and bits at random
        var random = new SplittableRandom(20_261_125);
        DoubleStream decimals = IntStream.rangeClosed(-324, 308)
                .boxed()
                .flatMapToDouble(exponent ->
                        IntStream.range(1, 120).mapToDouble(digits -> Double.parseDouble(digits + "e" + exponent)));
        DoubleStream powers = IntStream.range(Double.MIN_EXPONENT - 52, Double.MAX_EXPONENT + 1)
                .mapToDouble(exponent -> Math.scalb(1.0, exponent))
                .flatMap(power -> DoubleStream.of(Math.nextDown(power), power, Math.nextUp(power)));
        DoubleStream bits = IntStream.range(0, 300_000).mapToDouble(i -> Double.longBitsToDouble(random.nextLong()));

        // When / Then
        DoubleStream.concat(DoubleStream.concat(decimals, powers), bits)
                .filter(Double::isFinite)
                .filter(EcmaScriptNumberTest::canBeAsked)
                .forEach(number -> assertThat(EcmaScriptNumber.of(number)).isEqualTo(ofLibrary(number)));
    }

    @Property
    void shouldAgreeWithTheLibrary(@ForAll double number) {
        // Given / When / Then
        if (canBeAsked(number)) {
            assertThat(EcmaScriptNumber.of(number)).isEqualTo(ofLibrary(number));
        }
    }

    @Property
    void shouldBeReadAsTheSameDouble(@ForAll double number) {
        // Given / When
        String written = EcmaScriptNumber.of(number);

        // Then
        assertThat(Double.parseDouble(written)).isEqualTo(number == 0 ? 0.0 : number);
        assertThat(EcmaScriptNumber.isExactly(new BigDecimal(written), number)).isTrue();
    }

    /** Of numbers nearer to zero it gets some wrong. */
    private static boolean canBeAsked(double number) {
        return number == 0 || Math.abs(number) >= Double.MIN_NORMAL;
    }

    private static String ofLibrary(double number) {
        try {
            return NumberToJSON.serializeNumber(number);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
