package dev.tidecast.forecast.close;

import dev.tidecast.forecast.answer.Score;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.forecast.state.Layout;
import dev.tidecast.series.Horizons;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads what was issued for a step that closes now against its actual y, and against two baselines at the same origin:
 *
 * <pre>
 *   absolute error  |y - q(middle)|          covered  q(lowest) &lt;= y &lt;= q(highest)
 *   pinball         mean over the levels p of max(p (y - q), (p - 1) (y - q))
 * </pre>
 */
public final class Scoring {
    private static final double TIE = 1e-9;

    private final Settings settings;
    private final Layout layout;
    private final StepTimes times;
    private final int[] picks;
    /** Those of the three picks that differ. */
    private final int[] places;

    public Scoring(Parts parts) {
        this.settings = parts.settings;
        this.layout = parts.layout;
        this.times = parts.times;
        picks = picks(settings.quantiles());
        places = IntStream.range(0, picks.length)
                .filter(i -> i == 0 || picks[i] != picks[i - 1])
                .toArray();
    }

    /** The places of the lowest shown level, the one nearest to the median (of two the lower), and the highest. */
    static int[] picks(double[] levels) {
        int middle = 0;
        for (int i = 1; i < levels.length; i++) {
            if (Math.abs(levels[i] - .5) < Math.abs(levels[middle] - .5) - TIE) {
                middle = i;
            }
        }
        return new int[] {0, middle, levels.length - 1};
    }

    static float[] levels(double[] shown) {
        int[] picks = picks(shown);
        return new float[] {(float) shown[picks[0]], (float) shown[picks[1]], (float) shown[picks[2]]};
    }

    /** What matures when the first open bucket closes with this actual. */
    public List<Score.Matured> matured(LiveState s, double actual) {
        List<Score.Matured> matured = new ArrayList<>(Horizons.KINDS);
        for (int g = 0; g < layout.horizons.groups(); g++) {
            int h = layout.horizons.representative(g);
            int at = layout.pending(g, s.next - h + 1);
            boolean waits = s.numbers[at + Layout.PENDING_BELOW] != 0;
            if (waits && !Float.isNaN(s.numbers[at + Layout.PENDING_SHOWN])) {
                matured.add(one(s, h, at + Layout.PENDING_SHOWN, actual));
            }
        }
        return matured;
    }

    private Score.Matured one(LiveState s, int h, int at, double actual) {
        double[] levels = new double[places.length];
        double[] quantiles = new double[places.length];
        double pinball = 0;
        for (int i = 0; i < places.length; i++) {
            levels[i] = settings.quantiles()[picks[places[i]]];
            quantiles[i] = issued(s.numbers[at + places[i]]);
            double e = actual - quantiles[i];
            pinball += Math.max(levels[i] * e, (levels[i] - 1) * e) / places.length;
        }
        long origin = s.next - h + 1;
        return new Score.Matured(
                new Score.Issued(h, times.past(origin), s.versions.at(origin), levels, quantiles),
                new Score.Errors(
                        Math.abs(actual - issued(s.numbers[at + 1])),
                        pinball,
                        quantiles[0] <= actual && actual <= quantiles[quantiles.length - 1]),
                new Score.Baselines(Math.abs(actual - lastKnown(layout, s, h)), Math.abs(actual - samePhase(s, h))));
    }

    private double issued(float quantile) {
        return settings.kind() == TargetKind.COUNT ? Math.rint(quantile) : quantile;
    }

    /** The last value observed before the origin of step h. */
    static double lastKnown(Layout layout, LiveState s, int h) {
        long index = s.next - h;
        int back = 0;
        int most = Math.min(layout.ring.length() - 1, s.closed) - h;
        while (layout.ring.filled(s.flags, index - back) && back < most) {
            back++;
        }
        return layout.ring.value(s.numbers, index - back);
    }

    private double samePhase(LiveState s, int h) {
        long index = s.next - (long) layout.season * ((h + layout.season - 1) / layout.season);
        return s.next - index <= s.closed ? layout.ring.value(s.numbers, index) : lastKnown(layout, s, h);
    }
}
