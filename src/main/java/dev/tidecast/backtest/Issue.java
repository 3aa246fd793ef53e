package dev.tidecast.backtest;

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
    private final Shape shape;
    private final float[] numbers;
    private final int first;
    private final int stride;
    /** None of a step's before it is issued. */
    private long index = Long.MIN_VALUE;

    private long origin;
    private double scale;
    private double squaredScale;

    /** An empty one whose numbers lie among others: those of step h begin at first + (h - 1) stride, around the end. */
    Issue(Course course, Shape shape, float[] numbers, int first, int stride) {
        this.course = course;
        this.shape = shape;
        this.numbers = numbers;
        this.first = first;
        this.stride = stride;
    }

    /** One that stands by itself. */
    Issue(Course course, Shape shape) {
        this(course, shape, new float[shape.horizon * shape.width()], 0, shape.width());
    }

    /** How many steps, shown levels and rivals there are. */
    record Shape(int horizon, int levels, int rivals) {
        int width() {
            return QUANTILES + levels + rivals;
        }
    }

    /** Taken from the course as it stands; the numbers are written by whoever asked for it. */
    Issue begin(long at) {
        index = course.next();
        origin = at;
        scale = course.scale();
        squaredScale = course.squaredScale();
        return this;
    }

    /** A copy for those who keep it: what waits is written over when the last step has closed. */
    public Issue kept() {
        Issue copy = new Issue(course, shape);
        copy.index = index;
        copy.origin = origin;
        copy.scale = scale;
        copy.squaredScale = squaredScale;
        for (int h = 1; h <= shape.horizon; h++) {
            System.arraycopy(numbers, place(h), copy.numbers, copy.place(h), shape.width());
        }
        return copy;
    }

    private int place(int h) {
        int at = first + (h - 1) * stride;
        return at < numbers.length ? at : at - numbers.length;
    }

    void middle(int h, double value) {
        numbers[place(h) + MIDDLE] = (float) value;
    }

    void mean(int h, double value) {
        numbers[place(h) + MEAN] = (float) value;
    }

    void quantile(int h, int level, double value) {
        numbers[place(h) + QUANTILES + level] = (float) value;
    }

    void rival(int rival, int h, double value) {
        numbers[place(h) + QUANTILES + shape.levels + rival] = (float) value;
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
        return shape.horizon;
    }

    /** The point forecast of step h (from 1) that absolute errors are taken of. */
    public double middle(int h) {
        return numbers[place(h) + MIDDLE];
    }

    public double mean(int h) {
        return numbers[place(h) + MEAN];
    }

    /** Quantile number `level` of step h as it is shown: a whole number where the target counts things. */
    public double quantile(int h, int level) {
        return numbers[place(h) + QUANTILES + level];
    }

    /** What a rival said of step h. */
    public double rival(int rival, int h) {
        return numbers[place(h) + QUANTILES + shape.levels + rival];
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
        return course.timed() ? course.start(index + h - 1) : origin;
    }
}
