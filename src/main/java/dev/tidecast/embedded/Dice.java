package dev.tidecast.embedded;

import dev.tidecast.nn.Draws;

/** Seeded chance that is the same on every JDK for ever: {@link Draws}, and what can be made of it with StrictMath. */
final class Dice {
    private final Draws draws;

    /** Dice of their own for one purpose, so that one more throw here moves nothing there. */
    Dice(long seed, long purpose) {
        draws = new Draws(Draws.mix(seed ^ new Draws(purpose).bits()));
    }

    long bits() {
        return draws.bits();
    }

    /** Uniform in [0, 1). */
    double uniform() {
        return draws.uniform();
    }

    double between(double low, double high) {
        return low + (high - low) * uniform();
    }

    /** Uniform in 0 ... n-1; the bias of 2⁻⁵³·n is of no account here. */
    int below(int n) {
        return draws.below(n);
    }

    /** Standard normal (Box and Muller 1958, one of the pair). */
    double normal() {
        return draws.normal();
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
