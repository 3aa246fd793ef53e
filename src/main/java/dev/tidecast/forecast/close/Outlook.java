package dev.tidecast.forecast.close;

import dev.tidecast.forecast.answer.Mix;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.model.Prior;
import dev.tidecast.forecast.spec.Expert;
import dev.tidecast.forecast.state.Domain;
import dev.tidecast.forecast.state.Layout;
import dev.tidecast.series.Grid;
import dev.tidecast.series.Horizons;
import dev.tidecast.series.Mixing;

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
public final class Outlook {
    private static final double TENTH_TO_MEAN_ERROR = .6226;
    private static final int LOW = 2;
    private static final int HIGH = 6;
    private static final double OWN_SHARE = .5;
    private static final double OWN_WORTH = 8;

    private final Layout layout;
    private final Domain domain;
    private final Effects effects;
    /** How far the experts of the prior used last are trusted. Threads may overwrite each other's: it is computed again. */
    private volatile Trusted trusted = new Trusted(new float[0], new Mixing.Trust(new double[0], 0));

    private record Trusted(float[] prior, Mixing.Trust trust) {}

    public Outlook(Layout layout, Domain domain, Effects effects) {
        this.layout = layout;
        this.domain = domain;
        this.effects = effects;
    }

    private Mixing.Trust trust(Model model) {
        Trusted known = trusted;
        if (known.prior != model.prior()) {
            double[] weights = Prior.weights(model.prior(), layout.horizons);
            known = new Trusted(model.prior(), new Mixing.Trust(weights, (int) model.prior()[Prior.SQUARINGS]));
            trusted = known;
        }
        return known.trust;
    }

    /** What is seen from a state as it stands now. */
    View view(Model model, LiveState s) {
        return new View(s).begin(model);
    }

    /** A view that is used again and again, as its state changes. */
    View viewOf(LiveState s) {
        return new View(s);
    }

    /** One look ahead: {@link #at} fills its numbers. Once begun, it holds as long as its state is not changed. */
    final class View {
        /** What each expert says of the step looked at, NaN for none; as worked with. */
        final double[] values = new double[Expert.COUNT];

        final double[] weights = new double[Expert.COUNT];
        double location;
        double below;
        double above;

        private final LiveState s;
        private final Experts experts;
        private final Mixing.Ballot ballot;
        private double level;
        private double scale;

        private View(LiveState s) {
            this.s = s;
            this.experts = s.experts();
            this.ballot = layout.mixing.ballot(s.numbers);
        }

        /** Looks from the state as it stands now. */
        View begin(Model model) {
            s.experts();
            ballot.begin(trust(model));
            level = layout.normaliser.level(s.numbers);
            // A key of zeros has no unit yet: whatever the network says of it is nothing.
            scale = layout.normaliser.sized(s.numbers) ? layout.normaliser.scale(s.numbers) : 0;
            return this;
        }

        /** Looks at step h after the last closed one. */
        View at(int h) {
            look(h);
            ballot.weights(h, values, weights);
            location = 0;
            for (int k = 0; k < values.length; k++) {
                location += weights[k] > 0 ? weights[k] * values[k] : 0;
            }
            widths(h);
            return this;
        }

        /** Fills the experts' values alone. */
        private void look(int h) {
            experts.read(h, values);
            values[Expert.NETWORK.ordinal()] = network(h, Grid.MEDIAN);
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
    private void quantiles(LiveState s, int h, double location, double below, double above, double[] z) {
        layout.offsets.read(s.numbers, h, z);
        for (int i = 0; i < Grid.SIZE; i++) {
            z[i] = location + z[i] * (z[i] < 0 ? below : above);
        }
    }

    /** The quantiles of step 1 as they were issued at the last close: what waits for that step. */
    void waiting(LiveState s, double[] z) {
        waitingUsual(s, z);
        effects.apply(z, s.numbers[layout.pending(0, s.next) + Layout.PENDING_LOCATION], effects.at(s, 1));
    }

    /** The same without what is unusual about the step. */
    void waitingUsual(LiveState s, double[] z) {
        int at = layout.pending(0, s.next);
        double below = s.numbers[at + Layout.PENDING_BELOW];
        double above = s.numbers[at + Layout.PENDING_ABOVE];
        quantiles(s, 1, s.numbers[at + Layout.PENDING_LOCATION], below, above, z);
    }

    /** The nine quantiles in the target's own units and domain, ascending. */
    void outer(double[] z, double[] q) {
        double below = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < Grid.SIZE; i++) {
            below = Math.max(below, domain.outer(z[i]));
            q[i] = below;
        }
    }

    /** The weights in use, averaged over the steps. */
    Mix mix(View view) {
        double[] sums = new double[Expert.COUNT];
        Horizons horizons = layout.horizons;
        for (int g = 0; g < horizons.groups(); g++) {
            int steps = horizons.last(g) - (g == 0 ? 0 : horizons.last(g - 1));
            view.at(horizons.representative(g));
            for (int e = 0; e < sums.length; e++) {
                sums[e] += view.weights[e] * steps / horizons.horizon();
            }
        }
        return new Mix(Mix.NAMES, sums);
    }

    /** What each expert says of every step, in the target's own units: [expert × steps + step - 1], NaN for nothing. */
    double[] experts(View view) {
        int horizon = layout.horizons.horizon();
        double[] said = new double[Expert.COUNT * horizon];
        for (int h = 1; h <= horizon; h++) {
            view.look(h);
            double effect = view.effect(h);
            for (int e = 0; e < Expert.COUNT; e++) {
                double z = effects.apply(view.values[e], effect);
                said[e * horizon + h - 1] = Double.isNaN(z) ? z : domain.outer(z);
            }
        }
        return said;
    }
}
