package dev.tidecast.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Every activation against {@code StrictMath} in double, over a dense grid of all float magnitudes and a dense middle. */
class FloatMathTest {
    private interface FloatFunction {
        float of(float x);
    }

    private interface ErrorOf {
        double of(double actual, double expected);
    }

    private static final ErrorOf ABSOLUTE = (actual, expected) -> Math.abs(actual - expected);

    /** In units of the expected value, or of the smallest normal float where that is smaller. */
    private static final ErrorOf RELATIVE =
            (actual, expected) -> Math.abs(actual - expected) / Math.max(Math.abs(expected), Float.MIN_NORMAL);

    private static final int STRIDE = 4001;

    @Test
    void tanhIsWithinItsError() {
        assertThat(worst(FloatMath::tanh, StrictMath::tanh, ABSOLUTE)).isBetween(1e-9, 2.9e-7);
    }

    @Test
    void sigmoidIsWithinItsError() {
        assertThat(worst(FloatMath::sigmoid, x -> 1 / (1 + StrictMath.exp(-x)), ABSOLUTE))
                .isBetween(1e-9, 1.7e-7);
    }

    @Test
    void expIsWithinItsError() {
        assertThat(worst(FloatMath::exp, StrictMath::exp, RELATIVE)).isBetween(1e-9, 9e-8);
    }

    @Test
    void logIsWithinItsError() {
        ErrorOf mixed = (actual, expected) -> Math.abs(actual - expected) / Math.max(Math.abs(expected), 1e-30);
        assertThat(worst(FloatMath::log, StrictMath::log, mixed)).isBetween(1e-9, 9e-8);
    }

    @Test
    void softplusIsWithinItsError() {
        assertThat(worst(FloatMath::softplus, FloatMathTest::softplus, RELATIVE))
                .isBetween(1e-9, 3e-7);
    }

    @Test
    void tanhNeverLeavesItsRangeAndIsOdd() {
        int last = Float.floatToRawIntBits(8.5f);
        for (int bits = 0; bits <= last; bits += bits < last - 2_500_000 ? STRIDE : 1) {
            float x = Float.intBitsToFloat(bits);
            float y = FloatMath.tanh(x);
            if (!(y >= 0f && y <= 1f) || FloatMath.tanh(-x) != -y) {
                throw new AssertionError("tanh " + x + " = " + y);
            }
        }
        assertThat(Float.floatToRawIntBits(FloatMath.tanh(-0f))).isEqualTo(Float.floatToRawIntBits(-0f));
    }

    @Test
    void extremesGoWhereTheyMust() {
        assertThat(FloatMath.tanh(Float.POSITIVE_INFINITY)).isEqualTo(1f, within(2e-7f));
        assertThat(FloatMath.sigmoid(Float.NEGATIVE_INFINITY)).isEqualTo(0f, within(1e-7f));
        assertThat(FloatMath.sigmoid(0f)).isEqualTo(0.5f);
        assertThat(FloatMath.exp(0f)).isEqualTo(1f);
        assertThat(FloatMath.exp(Float.POSITIVE_INFINITY)).isInfinite();
        assertThat(FloatMath.exp(88.8f)).isInfinite();
        assertThat(FloatMath.exp(88.7f)).isFinite();
        assertThat(FloatMath.exp(Float.NEGATIVE_INFINITY)).isZero();
        assertThat(FloatMath.exp(-103f)).isEqualTo(Float.MIN_VALUE);
        assertThat(FloatMath.log(1f)).isZero();
        assertThat(FloatMath.log(0f)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(FloatMath.log(-0f)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(FloatMath.log(-1f)).isNaN();
        assertThat(FloatMath.log(Float.NEGATIVE_INFINITY)).isNaN();
        assertThat(FloatMath.log(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(FloatMath.log(Float.MIN_VALUE)).isEqualTo((float) StrictMath.log(Float.MIN_VALUE));
        assertThat(FloatMath.softplus(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(FloatMath.softplus(Float.NEGATIVE_INFINITY)).isZero();
    }

    @Test
    void whatIsNotANumberStaysSo() {
        assertThat(FloatMath.tanh(Float.NaN)).isNaN();
        assertThat(FloatMath.sigmoid(Float.NaN)).isNaN();
        assertThat(FloatMath.exp(Float.NaN)).isNaN();
        assertThat(FloatMath.log(Float.NaN)).isNaN();
        assertThat(FloatMath.softplus(Float.NaN)).isNaN();
    }

    private static org.assertj.core.data.Offset<Float> within(float offset) {
        return org.assertj.core.data.Offset.offset(offset);
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
    }

    /** Where both are infinite, NaN or beyond the floats there is no error. */
    private static double worst(FloatFunction fit, DoubleUnaryOperator truth, ErrorOf error) {
        double worst = 0;
        for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += STRIDE) {
            worst = Math.max(worst, at(Float.intBitsToFloat((int) bits), fit, truth, error));
        }
        for (int i = -250_000; i <= 250_000; i++) {
            worst = Math.max(worst, at(i * 4.8e-5f, fit, truth, error));
        }
        return worst;
    }

    private static double at(float x, FloatFunction fit, DoubleUnaryOperator truth, ErrorOf error) {
        double expected = truth.applyAsDouble(x);
        float actual = fit.of(x);
        if (Double.isNaN(expected) || Float.isInfinite((float) expected)) {
            boolean same = Float.compare(actual, (float) expected) == 0;
            return same ? 0 : Double.POSITIVE_INFINITY;
        }
        return Float.isNaN(actual) ? Double.POSITIVE_INFINITY : error.of(actual, expected);
    }
}
