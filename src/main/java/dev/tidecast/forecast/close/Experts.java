package dev.tidecast.forecast.close;

import dev.tidecast.forecast.spec.Expert;
import dev.tidecast.forecast.state.Domain;
import dev.tidecast.forecast.state.Layout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the simple experts say of the steps after the last closed one, as worked with. Each step is asked for once. Holds until
 * the next step has been taken in ({@link LiveState#experts}).
 */
final class Experts {
    private final Layout layout;
    private final Domain domain;
    private final LiveState s;
    /** What they say of the steps asked for so far, step by step, and which steps those are. */
    private final double[] said;

    private final boolean[] known;
    private final SeasonalPast past;
    /** Computed when it is first asked for: features do not need it. */
    private double @Nullable [] regression;

    Experts(Layout layout, Domain domain, LiveState s) {
        this.layout = layout;
        this.domain = domain;
        this.s = s;
        this.said = new double[layout.horizons.horizon() * Expert.COUNT];
        this.known = new boolean[layout.horizons.horizon()];
        this.past = new SeasonalPast(layout, domain, s);
    }

    /** Forgets what was said: the state is another one now. */
    void begin() {
        Arrays.fill(known, false);
        past.from(s.next);
        regression = null;
    }

    double smoothing(int h) {
        return layout.smoothing.expected(s.numbers, h, layout.slot(s.next + h - 1));
    }

    double seasonalLevel(int h) {
        return past.level(h);
    }

    /** Writes what each says of step h, NaN for none; the network's place holds 0. */
    void read(int h, double[] values) {
        int from = (h - 1) * Expert.COUNT;
        if (!known[h - 1]) {
            ask(h, said, from);
            known[h - 1] = true;
        }
        System.arraycopy(said, from, values, 0, Expert.COUNT);
    }

    private void ask(int h, double[] to, int at) {
        to[at + Expert.PERSISTENCE.ordinal()] = s.numbers[Layout.LAST];
        to[at + Expert.SEASONAL_NAIVE.ordinal()] = past.naive(h);
        to[at + Expert.SEASONAL_LEVEL.ordinal()] = past.level(h);
        to[at + Expert.SMOOTHING.ordinal()] = smoothing(h);
        to[at + Expert.INTERMITTENT.ordinal()] = layout.third() == Expert.INTERMITTENT && domain.amounts()
                ? layout.intermittent.expected(s.numbers)
                : Double.NaN;
        to[at + Expert.AUTOREGRESSION.ordinal()] = layout.autoregression == null ? Double.NaN : regression()[h - 1];
    }

    private double[] regression() {
        double[] all = regression;
        if (all == null) {
            all = Regression.expected(layout, domain, s);
            regression = all;
        }
        return all;
    }
}
