package dev.tidecast.forecast.close;

import dev.tidecast.forecast.spec.Expert;
import dev.tidecast.forecast.state.Layout;
import dev.tidecast.forecast.state.Target;
import org.jspecify.annotations.Nullable;

/**
 * What the simple experts say of the steps after the last closed one, as worked with. Each step is asked for once. Holds until
 * the next step has been taken in ({@link LiveState#experts}).
 */
final class Experts {
    private final Layout layout;
    private final Target target;
    private final LiveState s;
    private final SeasonalPast past;
    /** Computed when it is first asked for: features do not need it. */
    private double @Nullable [] regression;
    /** What they say of the steps asked for so far, step by step, and which steps those are. */
    private double @Nullable [] said;

    private boolean @Nullable [] known;

    Experts(Layout layout, Target target, LiveState s) {
        this.layout = layout;
        this.target = target;
        this.s = s;
        this.past = new SeasonalPast(layout, target, s, s.next);
    }

    double smoothing(int h) {
        return layout.smoothing.expected(s.numbers, h, layout.slot(s.next + h - 1));
    }

    double seasonalLevel(int h) {
        return past.level(h);
    }

    /** Writes what each says of step h, NaN for none; the network's place holds 0. */
    void read(int h, double[] values) {
        int horizon = layout.horizons.horizon();
        double[] all = said;
        boolean[] done = known;
        if (all == null || done == null) {
            all = new double[horizon * Expert.COUNT];
            done = new boolean[horizon];
            said = all;
            known = done;
        }
        int from = (h - 1) * Expert.COUNT;
        if (!done[h - 1]) {
            ask(h, all, from);
            done[h - 1] = true;
        }
        System.arraycopy(all, from, values, 0, Expert.COUNT);
    }

    private void ask(int h, double[] to, int at) {
        to[at + Expert.PERSISTENCE.ordinal()] = s.numbers[Layout.LAST];
        to[at + Expert.SEASONAL_NAIVE.ordinal()] = past.naive(h);
        to[at + Expert.SEASONAL_LEVEL.ordinal()] = past.level(h);
        to[at + Expert.SMOOTHING.ordinal()] = smoothing(h);
        to[at + Expert.INTERMITTENT.ordinal()] = layout.third() == Expert.INTERMITTENT && target.amounts()
                ? layout.intermittent.expected(s.numbers)
                : Double.NaN;
        to[at + Expert.AUTOREGRESSION.ordinal()] = layout.autoregression == null ? Double.NaN : regression()[h - 1];
    }

    private double[] regression() {
        double[] all = regression;
        if (all == null) {
            all = Regression.expected(layout, target, s);
            regression = all;
        }
        return all;
    }
}
