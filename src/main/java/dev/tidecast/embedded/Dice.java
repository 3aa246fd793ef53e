package dev.tidecast.embedded;

/**
 * Seeded chance that is the same on every JDK for ever: SplitMix64, and what can be made of it with StrictMath.
 *
 * <pre>
 *   s &lt;- s + 0x9E3779B97F4A7C15,  z = mix(s)     (Steele, Lea, Flood 2014)
 * </pre>
 */
final class Dice {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    Dice(long seed) {
        state = mix(seed);
    }

    /** Dice of their own for one purpose, so that one more throw here moves nothing there. */
    Dice(long seed, long purpose) {
        this(seed ^ mix(purpose + GOLDEN));
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    long bits() {
        state += GOLDEN;
        return mix(state);
    }

    /** Uniform in [0, 1). */
    double uniform() {
        return (bits() >>> 11) * 0x1.0p-53;
    }

    double between(double low, double high) {
        return low + (high - low) * uniform();
    }

    /** Uniform in 0 ... n-1; the bias of 2⁻⁵³·n is of no account here. */
    int below(int n) {
        return (int) (uniform() * n);
    }

    /** Standard normal (Box and Muller 1958, one of the pair). */
    double normal() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
        return radius * StrictMath.cos(2 * StrictMath.PI * uniform());
    }

    /** Poisson: by multiplication while that is short, else its normal limit. */
    int poisson(double mean) {
        if (mean > 30) {
            return (int) Math.max(0, Math.rint(mean + StrictMath.sqrt(mean) * normal()));
        }
        double floor = StrictMath.exp(-mean);
        int count = -1;
        for (double product = 1; product > floor; count++) {
            product *= uniform();
        }
        return Math.max(0, count);
    }
}
