package dev.tidecast.kernel;

/**
 * The one order of every sum over a vector. Element i of the whole blocks of 16 goes to accumulator i mod 16; the
 * accumulators are added in halves (k and k + 8, then k + 4, k + 2, k + 1); what is left after the last whole block follows
 * one by one.
 */
final class FixedTree {
    static final int WIDTH = 16;

    private FixedTree() {}

    static float four(float a, float b, float c, float d) {
        return (a + c) + (b + d);
    }

    static float sum(float[] s) {
        return four(
                four(s[0], s[4], s[8], s[12]),
                four(s[1], s[5], s[9], s[13]),
                four(s[2], s[6], s[10], s[14]),
                four(s[3], s[7], s[11], s[15]));
    }
}
