package dev.tidecast.nn;

/** The learning rate of each step, counted from 1. */
@FunctionalInterface
public interface Schedule {
    double rate(long step);

    static Schedule constant(double rate) {
        return step -> rate;
    }

    /** Linearly up to the rate over the first steps, then as given. */
    static Schedule warmup(long steps, Schedule then) {
        return step -> then.rate(step) * Math.min(1.0, (double) step / Math.max(1, steps));
    }

    /** Half a cosine from the rate down to a floor, which then stays. */
    static Schedule cosine(double rate, double floor, long steps) {
        return step -> {
            double way = Math.min(1.0, (double) (step - 1) / Math.max(1, steps));
            return floor + (rate - floor) * 0.5 * (1 + StrictMath.cos(StrictMath.PI * way));
        };
    }

    /** The rate times a factor after every so many steps. */
    static Schedule stairs(double rate, double factor, long every) {
        return step -> rate * StrictMath.pow(factor, (step - 1) / every);
    }
}
