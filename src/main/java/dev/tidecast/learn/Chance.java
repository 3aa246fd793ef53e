package dev.tidecast.learn;

import dev.tidecast.nn.Draws;

/** Seeded chance for made series: {@link Draws} and what can be made of them with StrictMath, the same on every JDK. */
final class Chance {
    private static final double LONG = 30;

    private final Draws draws;

    /** One series' own: what others draw does not matter. */
    Chance(long seed, int series) {
        draws = new Draws(new Draws(seed).bits() ^ new Draws(~(long) series).bits());
    }

    boolean happens(double probability) {
        return draws.uniform() < probability;
    }

    int below(int bound) {
        return draws.below(bound);
    }

    double between(double low, double high) {
        return low + (high - low) * draws.uniform();
    }

    /** Uniform in the logarithm. */
    double scaleBetween(double low, double high) {
        return low * StrictMath.exp(draws.uniform() * StrictMath.log(high / low));
    }

    double normal() {
        return draws.normal();
    }

    /** How many steps pass until something that comes once in so many steps on average. */
    int until(double mean) {
        return 1 + (int) (-mean * StrictMath.log(1 - draws.uniform()));
    }

    /** Gamma with mean 1 (Marsaglia and Tsang 2000). */
    double gamma(double shape) {
        if (shape < 1) {
            double boost = StrictMath.pow(1 - draws.uniform(), 1 / shape);
            return gamma(shape + 1) * (shape + 1) / shape * boost;
        }
        double d = shape - 1. / 3;
        double c = 1 / StrictMath.sqrt(9 * d);
        while (true) {
            double x = normal();
            double v = 1 + c * x;
            if (v > 0) {
                double cube = v * v * v;
                if (StrictMath.log(1 - draws.uniform()) < .5 * x * x + d - d * cube + d * StrictMath.log(cube)) {
                    return d * cube / shape;
                }
            }
        }
    }

    /** By multiplication while that is short, else by the normal limit. */
    long poisson(double mean) {
        if (mean > LONG) {
            return Math.max(0, Math.round(mean + StrictMath.sqrt(mean) * normal()));
        }
        double floor = StrictMath.exp(-mean);
        long count = 0;
        for (double product = 1 - draws.uniform(); product > floor; product *= 1 - draws.uniform()) {
            count++;
        }
        return count;
    }

    /** Student's t with so many degrees of freedom, scaled to variance 1. */
    double heavy(double freedom) {
        return normal() * StrictMath.sqrt((freedom - 2) / (freedom * gamma(freedom / 2)));
    }
}
