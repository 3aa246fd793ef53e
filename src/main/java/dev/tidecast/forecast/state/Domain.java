package dev.tidecast.forecast.state;

import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.kernel.Kernels;
import dev.tidecast.series.Exponential;

/** The domain of a target: how its values become the numbers that are worked with, and what no forecast may leave. */
public final class Domain {
    /** Beyond this no value is taken, so that sums, squares of widths and floats stay finite. */
    public static final double LARGEST = 1e30;

    private static final double LEAST_POSITIVE = 1e-9;
    private static final double LEAST_LOG_WIDTH = 1e-4;
    private static final double LEAST_COUNT_WIDTH = .05;
    private static final double LEAST_SHARE = 1e-4;
    private static final double LEAST_WIDTH = 1e-9;
    private static final double WIDEST = 5;
    private static final double WIDTH_SHIFT = 2;
    private static final double FIRST_SHARE = .5;
    private static final double FIRST_LOG_SCALE = .3;
    private static final double FIRST_MOVE = .02;

    private final Kernels kernels = Kernels.chosen();
    private final TargetKind kind;
    private final double low;
    private final double high;

    public Domain(Settings settings) {
        kind = settings.kind();
        double floor = kind == TargetKind.REAL ? -LARGEST : 0;
        low = Double.isNaN(settings.target().min())
                ? floor
                : Math.max(floor, settings.target().min());
        high = Double.isNaN(settings.target().max())
                ? LARGEST
                : settings.target().max();
    }

    /** The nearest value of the domain. */
    public double clamp(double y) {
        return Math.max(low, Math.min(high, y));
    }

    /** The smallest value of the domain. */
    public double least() {
        return low;
    }

    /** What is worked with: y, or ln y. */
    public double inner(double y) {
        return kind.logarithmic() ? StrictMath.log(Math.max(LEAST_POSITIVE, y)) : y;
    }

    /** What is worked with, for many values at once: as floats. */
    public void inner(float[] values, int count) {
        if (!kind.logarithmic()) {
            return;
        }
        for (int i = 0; i < count; i++) {
            values[i] = (float) Math.max(LEAST_POSITIVE, values[i]);
        }
        kernels.log(values, values, count);
    }

    /** Whether amounts are forecast: often none at all. */
    public boolean amounts() {
        return kind.multiplies();
    }

    /** Back from what is worked with, into the domain; rounded to float, as it is kept. */
    public double outer(double z) {
        return (float) clamp(kind.logarithmic() ? Exponential.exp(z) : z);
    }

    public boolean multiplies() {
        return kind.multiplies();
    }

    /** How wide a series moves for its size, free of units; 0 where that means nothing. */
    public double width(double level, double scale) {
        return switch (kind) {
            case COUNT, NONNEG -> level == 0 ? 0 : Math.min(WIDEST, scale / Math.abs(level));
            case POSITIVE, PRICE -> Math.max(-WIDEST, StrictMath.log(scale) + WIDTH_SHIFT);
            case REAL -> 0;
        };
    }

    /** The scale a first value gives to a series. */
    public double firstScale(double z) {
        return switch (kind) {
            case COUNT, NONNEG, REAL -> FIRST_SHARE * Math.abs(z);
            case POSITIVE -> FIRST_LOG_SCALE;
            case PRICE -> FIRST_MOVE;
        };
    }

    /** The size a first value gives to the prior widths. */
    public double size(double z) {
        return switch (kind) {
            case COUNT -> Math.max(1, Math.abs(z));
            case NONNEG, REAL -> z == 0 ? 1 : Math.abs(z);
            case POSITIVE, PRICE -> 1;
        };
    }

    /** No spread falls below this while values are around z. */
    public double leastWidth(double z) {
        return switch (kind) {
            case COUNT -> LEAST_COUNT_WIDTH;
            case NONNEG, REAL -> LEAST_WIDTH + LEAST_SHARE * Math.abs(z);
            case POSITIVE, PRICE -> LEAST_LOG_WIDTH;
        };
    }

    /** Whether a bucket's sum can only grow. */
    public boolean growsOnly() {
        return low >= 0;
    }
}
