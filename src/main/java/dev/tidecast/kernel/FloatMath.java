package dev.tidecast.kernel;

/**
 * The activations of one float, in operations that are exact or correctly rounded (+, ×, ÷, fma, min, max and bit moves), so
 * that they give the same bits everywhere. {@link Kernels} applies these very operations to arrays. Doubles have
 * {@link StrictMath}. The coefficients are minimax fits by {@code fit_activations.py} beside the tests.
 */
public final class FloatMath {
    /** From here on tanh is constant: 1 - 1.2e-7. The fit goes to 8.2, but from 8.16 on it would round to more than 1. */
    static final float TANH_CLAMP = 8.15f;

    static final float TANH_P0 = 0x1.fffffep-1f;
    static final float TANH_P1 = 0x1.12f46cp-3f;
    static final float TANH_P2 = 0x1.d12aa4p-9f;
    static final float TANH_P3 = 0x1.68ebbcp-16f;
    static final float TANH_P4 = 0x1.f81974p-27f;
    static final float TANH_Q1 = 0x1.decf80p-2f;
    static final float TANH_Q2 = 0x1.ab459cp-6f;
    static final float TANH_Q3 = 0x1.61c776p-12f;
    static final float TANH_Q4 = 0x1.bda37ep-21f;

    /** Outside, e^x is 0 or infinite in floats. */
    static final float EXP_LOW = -104f;

    static final float EXP_HIGH = 89f;
    static final float LOG2_E = 0x1.715476p0f;
    static final float LN2_HIGH = 0x1.62e4p-1f; // 15 bits: products with an exponent are exact
    static final float LN2_LOW = 0x1.7f7d1cp-20f;
    static final float EXP_2 = 0x1.fffffcp-2f;
    static final float EXP_3 = 0x1.55549p-3f;
    static final float EXP_4 = 0x1.5558fap-5f;
    static final float EXP_5 = 0x1.123b6ap-7f;
    static final float EXP_6 = 0x1.6a21acp-10f;

    /** Adding it rounds to a whole number, which then stands in the low bits. */
    static final float ROUNDER = 0x1.8p23f;

    static final int ROUNDER_BITS = 0x4B400000;

    static final float LOG_3 = 0x1.555554p-2f;
    static final float LOG_4 = -0x1.000226p-2f;
    static final float LOG_5 = 0x1.99a008p-3f;
    static final float LOG_6 = -0x1.547244p-3f;
    static final float LOG_7 = 0x1.22da1cp-3f;
    static final float LOG_8 = -0x1.0d8542p-3f;
    static final float LOG_9 = 0x1.055b6cp-3f;
    static final float LOG_10 = -0x1.38b584p-4f;

    /** The bits of √½: where a mantissa is cut, so that ln m is small on both sides of 1. */
    static final int ROOT_HALF_BITS = 0x3f3504f3;

    static final int ONE_BITS = 0x3f800000;
    static final float TWO_TO_23 = 0x1p23f;

    static final float LOG1P_1 = 0x1.555502p-1f;
    static final float LOG1P_2 = 0x1.99d208p-2f;
    static final float LOG1P_3 = 0x1.1ebd0ep-2f;
    static final float LOG1P_4 = 0x1.1ed7bep-2f;

    private FloatMath() {}

    /** tanh x = x P(x²) / Q(x²), |x| <= 8.15; never outside [-1, 1]. Largest error 2.9e-7. */
    public static float tanh(float x) {
        float v = Math.max(Math.min(x, TANH_CLAMP), -TANH_CLAMP);
        float z = v * v;
        float p = Math.fma(Math.fma(Math.fma(Math.fma(TANH_P4, z, TANH_P3), z, TANH_P2), z, TANH_P1), z, TANH_P0);
        float q = Math.fma(Math.fma(Math.fma(Math.fma(TANH_Q4, z, TANH_Q3), z, TANH_Q2), z, TANH_Q1), z, 1f);
        return v * p / q;
    }

    /** σ(x) = (1 + tanh(x / 2)) / 2. Largest error 1.7e-7 (absolute: far left it is 0). */
    public static float sigmoid(float x) {
        return Math.fma(0.5f, tanh(0.5f * x), 0.5f);
    }

    /** e^x = 2^k e^r with |r| <= ln 2 / 2; 2^k in two factors, so that tiny results are rounded once. Largest
     * relative error below 9e-8. */
    public static float exp(float x) {
        float v = Math.max(Math.min(x, EXP_HIGH), EXP_LOW);
        float t = Math.fma(v, LOG2_E, ROUNDER);
        float k = t - ROUNDER;
        float r = Math.fma(k, -LN2_LOW, Math.fma(k, -LN2_HIGH, v));
        float p = Math.fma(Math.fma(Math.fma(Math.fma(EXP_6, r, EXP_5), r, EXP_4), r, EXP_3), r, EXP_2);
        float y = Math.fma(r * r, p, r) + 1f;
        int exponent = Float.floatToRawIntBits(t) - ROUNDER_BITS;
        int half = exponent >> 1;
        return y * powerOfTwo(half) * powerOfTwo(exponent - half);
    }

    private static float powerOfTwo(int exponent) {
        return Float.intBitsToFloat((exponent + 127) << 23);
    }

    /** ln x = k ln 2 + ln(1 + f), √½ <= 1 + f < √2; subnormal numbers are scaled up first. Largest
     * relative error below 9e-8. */
    public static float log(float x) {
        boolean tiny = x < Float.MIN_NORMAL;
        int bits = Float.floatToRawIntBits(tiny ? x * TWO_TO_23 : x) + (ONE_BITS - ROOT_HALF_BITS);
        int exponent = (bits >> 23) - (tiny ? 127 + 23 : 127);
        float k = Float.intBitsToFloat(exponent + ROUNDER_BITS) - ROUNDER;
        float f = Float.intBitsToFloat((bits & 0x7fffff) + ROOT_HALF_BITS) - 1f;
        float y = logOfOnePlus(f, k);
        if (x == Float.POSITIVE_INFINITY || Float.isNaN(x)) {
            return x;
        }
        return x > 0f ? y : x == 0f ? Float.NEGATIVE_INFINITY : Float.NaN;
    }

    private static float logOfOnePlus(float f, float k) {
        float z = f * f;
        float p = Math.fma(Math.fma(Math.fma(LOG_10, f, LOG_9), f, LOG_8), f, LOG_7);
        p = Math.fma(Math.fma(Math.fma(Math.fma(p, f, LOG_6), f, LOG_5), f, LOG_4), f, LOG_3);
        float low = Math.fma(k, LN2_LOW, z * f * p);
        return Math.fma(k, LN2_HIGH, Math.fma(-0.5f, z, low) + f);
    }

    /** ln(1 + e^x) = max(x, 0) + ln(1 + u), u = e^-|x|; with s = u / (2 + u) the latter is 2 artanh s.
     * Largest relative error below 3e-7. */
    public static float softplus(float x) {
        float u = exp(-Math.abs(x));
        float s = u / (2f + u);
        float z = s * s;
        float p = Math.fma(Math.fma(Math.fma(LOG1P_4, z, LOG1P_3), z, LOG1P_2), z, LOG1P_1);
        return Math.fma(s, Math.fma(z, p, 2f), Math.max(x, 0f));
    }
}
