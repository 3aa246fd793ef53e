package dev.tidecast.nn;

/** Random numbers from a seed, the same on every JDK: SplitMix64 (Steele, Lea and Flood 2014). */
public final class Draws {
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private long state;

    public Draws(long seed) {
        state = seed;
    }

    /** An independent sequence for something that has a name, so that what else there is does not matter. */
    Draws named(String name) {
        return new Draws(new Draws(state ^ Fingerprint.hash(name)).bits());
    }

    /** 64 random bits. */
    public long bits() {
        state += STEP;
        return mix(state);
    }

    /** These bits as others that depend on every one of them. */
    public static long mix(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** In [0, 1). */
    public double uniform() {
        return (bits() >>> 11) * 0x1p-53;
    }

    /** In [0, bound). */
    public int below(int bound) {
        return (int) (uniform() * bound);
    }

    /** Normal, mean 0 and variance 1 (Box and Muller 1958). */
    public double normal() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
        return radius * StrictMath.cos(2 * StrictMath.PI * uniform());
    }
}
