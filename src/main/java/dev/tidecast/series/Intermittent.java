package dev.tidecast.series;

/**
 * Series that are often zero (Teunter, Syntetos and Babai 2011): how likely a step sells at all, and how much when it does.
 *
 * <pre>
 *   p += b ([z > 0] - p)      q += a (z - q) where z > 0      every step expects p q
 *   b = max(.05, 1 / (n + 2))  a = max(.1, 1 / (sales + 1)), sales = p n about
 * </pre>
 *
 * <p>Layout, floats: [p][q]
 */
public final class Intermittent {
    /** How many floats. */
    public static final int SIZE = 2;

    private static final double CHANCE_RATE = .05;
    private static final double SIZE_RATE = .1;

    private final int at;

    /** Numbers from place `at`. */
    public Intermittent(int at) {
        this.at = at;
    }

    public void begin(float[] s, double z) {
        s[at] = z > 0 ? 1 : 0;
        s[at + 1] = (float) Math.max(0, z);
    }

    public double expected(float[] s) {
        return (double) s[at] * s[at + 1];
    }

    /** Takes in a value that is only the least it can have been: that none was sold says nothing, nor a small sale of size. */
    public void stepAtLeast(float[] s, double z, long n) {
        if (z > 0) {
            step(s, Math.max(z, s[at + 1]), n);
        }
    }

    /** Takes in one value; n steps seen before. */
    public void step(float[] s, double z, long n) {
        boolean sells = z > 0;
        if (sells) {
            double rate = s[at + 1] > 0 ? Math.max(SIZE_RATE, 1 / (s[at] * n + 1)) : 1;
            s[at + 1] += (float) (rate * (z - s[at + 1]));
        }
        double pace = Math.max(CHANCE_RATE, 1.0 / (n + 2));
        s[at] += (float) (pace * ((sells ? 1 : 0) - s[at]));
    }
}
