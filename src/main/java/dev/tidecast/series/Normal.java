package dev.tidecast.series;

/**
 * Quantiles of the normal distribution, found by halving an interval over its distribution function:
 *
 * <pre>
 *   F(x) = 1/2 + x e^(-x²/2) / √(2π) (1 + x²/3 + x⁴/(3·5) + x⁶/(3·5·7) + ...)
 * </pre>
 *
 * Slow and exact to the last bits: for tables made once.
 */
final class Normal {
    private static final double FAR = 6;
    private static final int HALVINGS = 60;
    private static final int TERMS = 120;

    private Normal() {}

    /** The x below which a part p lies, 0 &lt; p &lt; 1. */
    static double quantile(double p) {
        double low = -FAR;
        double high = FAR;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (part(middle) < p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    private static double part(double x) {
        double term = x;
        double sum = x;
        for (int k = 1; k <= TERMS; k++) {
            term *= x * x / (2 * k + 1);
            sum += term;
        }
        return .5 + sum * StrictMath.exp(-x * x / 2) / StrictMath.sqrt(2 * Math.PI);
    }
}
