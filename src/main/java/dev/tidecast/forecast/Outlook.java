package dev.tidecast.forecast;

import dev.tidecast.series.Grid;
import dev.tidecast.series.Horizons;
import dev.tidecast.series.Mixing;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of one forecast, read off a state at its origin:
 *
 * <pre>
 *   location(h) = sum over experts of weight(expert, h) × expert(h)
 *   below(h)    = own E(h) + (1 - own) .62 scale (q(.5) - q(.1))     above(h) likewise with q(.9) - q(.5)
 *   own         = ½ n / (n + 8), 1 without a network                 E the mean absolute error so far, n steps seen
 *   z(h, level) = location(h) + offset(h, level) × (below or above by its sign)
 *   q(h, level) = z back from the logarithm, clamped to the domain, never below the level before
 * </pre>
 *
 * .62 turns a tenth of a normal distribution into its mean absolute error.
 */
final class Outlook {
    private static final double TENTH_TO_MEAN_ERROR = .6226;
    private static final int LOW = 2;
    private static final int HIGH = 6;
    private static final double OWN_SHARE = .5;
    private static final double OWN_WORTH = 8;

    private final Layout layout;
    private final Target target;
    private final Effects effects;

    Outlook(Layout layout, Target target, Effects effects) {
        this.layout = layout;
        this.target = target;
        this.effects = effects;
    }

    private Mixing.Trust trust(Model model) {
        return new Mixing.Trust(Prior.weights(model.prior(), layout.horizons), (int) model.prior()[Prior.SQUARINGS]);
    }

    /** What is seen from a state, looking at any step. */
    Sight sight(Model model, SeriesState s) {
        return new Sight(model, s);
    }

    /** One look ahead: {@link #at} fills its numbers. Lives as long as its state stands. */
    final class Sight {
        /** What each expert says of the step looked at, NaN for none; as worked with. */
        final double[] values = new double[Expert.COUNT];

        final double[] weights = new double[Expert.COUNT];
        double location;
        double below;
        double above;

        private final Model model;
        private final SeriesState s;
        private final SeasonalPast past;
        /** These are null until they are asked for: reading the network does not need them. */
        private Mixing.@Nullable Ballot ballot;

        private double @Nullable [] regression;
        /** What the experts say of the steps looked at so far, step by step, and which steps those are. */
        private double @Nullable [] said;

        private final boolean[] known = new boolean[layout.horizons.horizon()];

        private final double level;
        private final double scale;

        private Sight(Model model, SeriesState s) {
            this.model = model;
            this.s = s;
            this.past = new SeasonalPast(layout, target, s, s.next);
            this.level = layout.normaliser.level(s.numbers);
            // A key of zeros has no unit yet: whatever the network says of it is nothing.
            this.scale = layout.normaliser.sized(s.numbers) ? layout.normaliser.scale(s.numbers) : 0;
        }

        double smoothing(int h) {
            return layout.smoothing.expected(s.numbers, h, layout.slot(s.next + h - 1));
        }

        private double[] regression() {
            if (regression == null) {
                regression = Regression.expected(layout, target, s);
            }
            return regression;
        }

        double seasonalLevel(int h) {
            return past.level(h);
        }

        /** Looks at step h after the last closed one. */
        Sight at(int h) {
            look(h);
            ballot().weights(h, values, weights);
            location = 0;
            for (int k = 0; k < values.length; k++) {
                location += weights[k] > 0 ? weights[k] * values[k] : 0;
            }
            widths(h);
            return this;
        }

        private Mixing.Ballot ballot() {
            if (ballot == null) {
                ballot = layout.mixing.ballot(s.numbers, trust(model));
            }
            return ballot;
        }

        /** Fills the experts' values alone. What a state's network says may change, all else stands. */
        private void look(int h) {
            double[] all = said;
            if (all == null) {
                all = new double[known.length * Expert.COUNT];
                said = all;
            }
            int from = (h - 1) * Expert.COUNT;
            if (!known[h - 1]) {
                ask(h, all, from);
                known[h - 1] = true;
            }
            System.arraycopy(all, from, values, 0, Expert.COUNT);
            values[Expert.NETWORK.ordinal()] = network(h, Grid.MEDIAN);
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

        private void widths(int h) {
            double own = layout.spread.at(s.numbers, h, layout.slot(s.next + h - 1));
            below = own;
            above = own;
            if (s.reading != null) {
                double share = 1 - OWN_SHARE * s.observed / (s.observed + OWN_WORTH);
                double middle = network(h, Grid.MEDIAN);
                below = own + share * (TENTH_TO_MEAN_ERROR * (middle - network(h, LOW)) - own);
                above = own + share * (TENTH_TO_MEAN_ERROR * (network(h, HIGH) - middle) - own);
            }
        }

        private double network(int h, int i) {
            return s.reading == null ? Double.NaN : level + scale * s.reading[(h - 1) * Grid.SIZE + i];
        }

        /** The nine quantiles of the step looked at, ascending, as worked with. */
        void inner(int h, double[] z) {
            quantiles(s, h, location, below, above, z);
            effects.apply(z, location, effect(h));
        }

        /** Without what is unusual about the step. */
        void usual(int h, double[] z) {
            quantiles(s, h, location, below, above, z);
        }

        /** What is unusual about step h, for {@link Effects#apply}. */
        double effect(int h) {
            return effects.at(s, h);
        }
    }

    /** The nine quantiles around a location, ascending, as worked with. */
    private void quantiles(SeriesState s, int h, double location, double below, double above, double[] z) {
        layout.offsets.read(s.numbers, h, z);
        for (int i = 0; i < Grid.SIZE; i++) {
            z[i] = location + z[i] * (z[i] < 0 ? below : above);
        }
    }

    /** The quantiles of step 1 of a state whose network has not been read again, from what waits for that step. */
    void first(SeriesState s, double[] z) {
        firstUsual(s, z);
        effects.apply(z, s.numbers[layout.pending(0, s.next) + Layout.PENDING_LOCATION], effects.at(s, 1));
    }

    /** The same without what is unusual about the step. */
    void firstUsual(SeriesState s, double[] z) {
        int at = layout.pending(0, s.next);
        double below = s.numbers[at + Layout.PENDING_BELOW];
        double above = s.numbers[at + Layout.PENDING_ABOVE];
        quantiles(s, 1, s.numbers[at + Layout.PENDING_LOCATION], below, above, z);
    }

    /** The nine quantiles in the target's own units and domain, ascending. */
    void outer(double[] z, double[] q) {
        double below = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < Grid.SIZE; i++) {
            below = Math.max(below, target.outer(z[i]));
            q[i] = below;
        }
    }

    /** The weights in use, averaged over the steps. */
    Mix mix(Sight sight) {
        double[] sums = new double[Expert.COUNT];
        Horizons horizons = layout.horizons;
        for (int g = 0; g < horizons.groups(); g++) {
            int steps = horizons.last(g) - (g == 0 ? 0 : horizons.last(g - 1));
            sight.at(horizons.representative(g));
            for (int e = 0; e < sums.length; e++) {
                sums[e] += sight.weights[e] * steps / horizons.horizon();
            }
        }
        return new Mix(Mix.NAMES, sums);
    }

    /** What each expert says of every step, in the target's own units: [expert × steps + step - 1], NaN for nothing. */
    double[] experts(Sight sight) {
        int horizon = layout.horizons.horizon();
        double[] said = new double[Expert.COUNT * horizon];
        for (int h = 1; h <= horizon; h++) {
            sight.look(h);
            double effect = sight.effect(h);
            for (int e = 0; e < Expert.COUNT; e++) {
                double z = effects.apply(sight.values[e], effect);
                said[e * horizon + h - 1] = Double.isNaN(z) ? z : target.outer(z);
            }
        }
        return said;
    }
}
