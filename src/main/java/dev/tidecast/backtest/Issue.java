package dev.tidecast.backtest;

import org.jspecify.annotations.Nullable;

/**
 * A forecast that left at a close and waits for what it spoke of, with what else was known at its origin. While it waits it
 * is read one step at a time, next to all others that wait for the same step: so the numbers of a step lie together.
 *
 * <pre>
 *   numbers, step by step: the middle (the median where it is shown, else the mean), the mean, the quantiles as they are
 *   shown, the point forecasts of the rivals (NaN where one has none)
 * </pre>
 */
public final class Issue {
    private static final int MIDDLE = 0;
    private static final int MEAN = 1;
    private static final int QUANTILES = 2;

    private final Course course;
    private final long index;
    private final long origin;
    private final long @Nullable [] starts;
    private final int levels;
    private final int width;
    private final float[] numbers;
    private final double scale;
    private final double squaredScale;

    /** Taken from the course as it stands; the numbers are written by whoever makes it. */
    Issue(Course course, long origin, long @Nullable [] starts, Shape shape) {
        this.course = course;
        this.index = course.next();
        this.origin = origin;
        this.starts = starts;
        this.levels = shape.levels;
        this.width = QUANTILES + shape.levels + shape.rivals;
        this.numbers = new float[shape.horizon * width];
        this.scale = course.scale();
        this.squaredScale = course.squaredScale();
    }

    /** How many steps, shown levels and rivals there are. */
    record Shape(int horizon, int levels, int rivals) {}

    void middle(int h, double value) {
        numbers[(h - 1) * width + MIDDLE] = (float) value;
    }

    void mean(int h, double value) {
        numbers[(h - 1) * width + MEAN] = (float) value;
    }

    void quantile(int h, int level, double value) {
        numbers[(h - 1) * width + QUANTILES + level] = (float) value;
    }

    void rival(int rival, int h, double value) {
        numbers[(h - 1) * width + QUANTILES + levels + rival] = (float) value;
    }

    /** The series it is of. */
    public Course course() {
        return course;
    }

    /** Number of the first step ahead, counted as the buckets are (without buckets: closed steps so far). */
    public long index() {
        return index;
    }

    public long origin() {
        return origin;
    }

    public int horizon() {
        return numbers.length / width;
    }

    /** The point forecast of step h (from 1) that absolute errors are taken of. */
    public double middle(int h) {
        return numbers[(h - 1) * width + MIDDLE];
    }

    public double mean(int h) {
        return numbers[(h - 1) * width + MEAN];
    }

    /** Quantile number `level` of step h as it is shown: a whole number where the target counts things. */
    public double quantile(int h, int level) {
        return numbers[(h - 1) * width + QUANTILES + level];
    }

    /** What a rival said of step h. */
    public double rival(int rival, int h) {
        return numbers[(h - 1) * width + QUANTILES + levels + rival];
    }

    /** Mean |y(t) - y(t - m)| over all pairs closed before the origin; NaN before a season of pairs is known. */
    public double scale() {
        return scale;
    }

    /** The same of squares. */
    public double squaredScale() {
        return squaredScale;
    }

    /** The moment step h begins; without buckets, where nobody knows, the origin. */
    public long target(int h) {
        return starts == null ? origin : starts[h - 1];
    }

    /** Whether steps have moments. */
    boolean timed() {
        return starts != null;
    }
}
