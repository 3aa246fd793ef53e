package dev.tidecast.forecast.close;

import dev.tidecast.forecast.state.Domain;
import dev.tidecast.forecast.state.Layout;
import dev.tidecast.kernel.Kernels;
import dev.tidecast.series.Autoregression;
import java.util.Arrays;

/** The autoregression of a key, bound to its ring. */
final class Regression {
    private Regression() {}

    /** What it expects of the next steps, NaN while too little has been seen or there is none. */
    static double[] expected(Layout layout, Domain domain, LiveState s) {
        Autoregression regression = layout.autoregression;
        if (regression == null || s.closed <= regression.reach()) {
            double[] nothing = new double[layout.horizons.horizon()];
            Arrays.fill(nothing, Double.NaN);
            return nothing;
        }
        return regression.expected(s.doubles, past(regression, layout, domain, s), measure(layout, s));
    }

    /** The next value has come; normaliser and ring have not taken it in yet. */
    static void learn(Layout layout, Domain domain, LiveState s, double z) {
        Autoregression regression = layout.autoregression;
        if (regression != null && s.closed >= regression.reach()) {
            regression.learn(s.doubles, past(regression, layout, domain, s), measure(layout, s), z);
        }
    }

    private static float[] past(Autoregression regression, Layout layout, Domain domain, LiveState s) {
        float[] past = Kernels.floats(regression.reach());
        layout.ring.copy(s.numbers, s.next - 1, regression.reach(), past);
        domain.inner(past, regression.reach());
        return past;
    }

    private static Autoregression.Measure measure(Layout layout, LiveState s) {
        return new Autoregression.Measure(layout.normaliser.level(s.numbers), layout.normaliser.scale(s.numbers));
    }
}
