package io.obstat.contracts.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Doubles as ECMAScript writes them. */
final class EcmaScriptNumber {

    /** As many digits before the point are written without an exponent. */
    private static final int MOST_INTEGER_DIGITS = 21;

    /** As many zeros behind the point are written without an exponent. */
    private static final int MOST_LEADING_ZEROS = 5;

    private EcmaScriptNumber() {}

    /**
     * SPEC: RFC 8785 §3.2.2.3, which is ECMA-262 Number::toString.
     *
     * @param number finite
     */
    static String of(double number) {
        if (number == 0) {
            return "0";
        }
        BigDecimal shortest = shortest(Math.abs(number));
        String digits = shortest.unscaledValue().toString();
        String sign = number < 0 ? "-" : "";
        return sign + placed(digits, digits.length() - shortest.scale());
    }

    /** Whether the double, as it is written, is this number. */
    static boolean isExactly(BigDecimal exact, double nearest) {
        return nearest == 0
                ? exact.signum() == 0
                : exact.signum() == (nearest < 0 ? -1 : 1)
                        && shortest(Math.abs(nearest)).compareTo(exact.abs()) == 0;
    }

    /** The fewest digits that are read as this double; of several with as few, the nearest to it. Without zeros at the end. */
    private static BigDecimal shortest(double number) {
        BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        // Java never looks for fewer than two digits, so that it has 4.9E-324 for what is 5e-324 everywhere else.
        if (shortest.precision() == 2) {
            BigDecimal one = shortest.round(new MathContext(1, RoundingMode.HALF_EVEN));
            return one.doubleValue() == number ? one.stripTrailingZeros() : shortest;
        }
        return shortest;
    }

    /** @param point how many digits stand before the decimal point; may be negative, and more than there are */
    private static String placed(String digits, int point) {
        int count = digits.length();
        if (point > MOST_INTEGER_DIGITS || point < -MOST_LEADING_ZEROS) {
            int exponent = point - 1;
            return digits.charAt(0)
                    + (count == 1 ? "" : "." + digits.substring(1))
                    + (exponent < 0 ? "e-" : "e+")
                    + Math.abs(exponent);
        }
        if (point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        return point >= count
                ? digits + "0".repeat(point - count)
                : digits.substring(0, point) + "." + digits.substring(point);
    }
}
