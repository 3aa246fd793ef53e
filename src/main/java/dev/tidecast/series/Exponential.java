package dev.tidecast.series;

/**
 * e to the power of x, with the same bits on every JDK (Math.exp differs, StrictMath.exp is slower):
 *
 * <pre>
 *   x = n ln 2 + r, |r| &lt;= ln 2 / 2      exp(x) = 2^n (1 + r + r²/2! + ... + r^13/13!)
 * </pre>
 *
 * Within 3 units in the last place of StrictMath.exp ({@code ArithmeticTest}); arguments beyond ±700 are taken as ±700, so nothing overflows.
 */
public final class Exponential {
    private static final double LIMIT = 700;
    private static final double INVERSE_LN2 = 1.4426950408889634;
    /** ln 2 in two parts: the first has so few bits that n times it is exact. */
    private static final double LN2_HIGH = 0.693147180369123816490;

    private static final double LN2_LOW = 1.90821492927058770002e-10;

    /** 1/13!, 1/12!, ... 1/2!, 1, 1. */
    private static final double[] TAYLOR = inverseFactorials();

    private Exponential() {}

    public static double exp(double x) {
        double bounded = Math.max(-LIMIT, Math.min(LIMIT, x));
        double n = Math.rint(bounded * INVERSE_LN2);
        double r = (bounded - n * LN2_HIGH) - n * LN2_LOW;
        double sum = TAYLOR[0];
        for (int i = 1; i < TAYLOR.length; i++) {
            sum = sum * r + TAYLOR[i];
        }
        return sum * Double.longBitsToDouble(((long) n + 1023) << 52);
    }

    private static double[] inverseFactorials() {
        double[] inverse = new double[14];
        double factorial = 1;
        for (int i = 0; i < inverse.length; i++) {
            factorial *= Math.max(1, i);
            inverse[inverse.length - 1 - i] = 1 / factorial;
        }
        return inverse;
    }
}
