package dev.tidecast.forecast.close;

import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.model.Prior;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.forecast.state.Domain;
import dev.tidecast.forecast.state.Layout;
import dev.tidecast.forecast.state.SeriesState;
import dev.tidecast.kernel.RecursiveLeastSquares;
import dev.tidecast.series.Known;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known in advance acts on the series itself, so that every expert and the network profit and none of them sees a past
 * holiday again. With x(t) how unusual each column is at step t ({@link Known}), times 1 and, where a season is long, times the
 * sines and cosines of the place in it; b the effects of the key; e = b·x(t):
 *
 * <pre>
 *   on entry   amounts   m = max(0, min(9, 1 + e))       y / m where m ≥ 1, else y + (1 - m) u    u what smoothing expects
 *              the rest  z - scale max(-8, min(8, e))
 *   on exit    amounts   location m, and offsets from it times m, or times (1 + m) / 2 where m &lt; 1
 *              the rest  z + scale max(-8, min(8, e))
 *   learning   ridge regression of (z - location) / scale on x location / scale (the rest: on x), surprises within ± 2;
 *              location is what the last group had said of the step, without effects
 * </pre>
 *
 * The far forecast teaches, for it was made before a holiday began; the next hour's has followed it already. A closed day
 * (m = 0) enters as what was expected of it. Nothing moves at a step that is as usual.
 *
 * <p>State: doubles of {@link RecursiveLeastSquares}. In the prior of a model, behind the experts': the mean of each effect
 * over keys, then how far a key's own may lie from it, as a variance in units of the noise. Shared by all threads.
 */
public final class Effects {
    /** How far an effect of which nothing is known may lie from 0: a variance in units of the noise. */
    private static final double OF_AMOUNTS = .2;

    private static final double OF_OTHERS = 1;
    private static final double CLIP = 2;
    private static final double MOST = 8;
    private static final int HARMONICS = 3;
    /** A season longer than this has a shape that a holiday changes. */
    private static final int SHORT = 12;
    /** What applies to a step at which nothing is unusual. */
    static final double NONE = Double.NaN;

    private final @Nullable Known known;
    private final Known.@Nullable Line common;
    private final @Nullable RecursiveLeastSquares squares;
    private final Layout layout;
    private final Domain domain;
    private final int longest;
    private final int at;
    private final int inputs;
    private final boolean counts;
    private final double variance;
    private final double[][] waves;

    public Effects(Settings settings, Layout layout, Domain domain) {
        this.layout = layout;
        this.domain = domain;
        this.known = settings.known();
        this.longest = settings.seasons()[settings.seasons().length - 1];
        this.common = known == null ? null : known.of("", longest);
        this.squares = squares(settings);
        this.inputs = inputs(settings);
        this.variance = variance(settings);
        this.at = layout.effects;
        this.counts = settings.kind() == TargetKind.COUNT;
        this.waves = waves(settings.season());
    }

    /** By the place in the season: 1, then sines and cosines where it is long. */
    private static double[][] waves(int season) {
        double[][] waves = new double[season][season > SHORT ? 1 + 2 * HARMONICS : 1];
        for (int slot = 0; slot < season; slot++) {
            waves[slot][0] = 1;
            for (int j = 1; 2 * j < waves[slot].length; j++) {
                double angle = 2 * Math.PI * j * slot / season;
                waves[slot][2 * j - 1] = StrictMath.sin(angle);
                waves[slot][2 * j] = StrictMath.cos(angle);
            }
        }
        return waves;
    }

    private static int inputs(Settings settings) {
        Known known = settings.known();
        return known == null ? 0 : known.names().size() * waves(settings.season())[0].length;
    }

    private static double variance(Settings settings) {
        return settings.kind().multiplies() ? OF_AMOUNTS : OF_OTHERS;
    }

    private static @Nullable RecursiveLeastSquares squares(Settings settings) {
        int inputs = inputs(settings);
        return inputs == 0 ? null : new RecursiveLeastSquares(inputs, variance(settings), 1, inputs);
    }

    /** Doubles of state. */
    public static int size(Settings settings) {
        RecursiveLeastSquares squares = squares(settings);
        return squares == null ? 0 : squares.size();
    }

    /** The prior of the experts, and behind it effects of which nothing is known. */
    public static float[] prior(Settings settings, float[] experts) {
        int inputs = inputs(settings);
        float[] prior = Arrays.copyOf(experts, experts.length + 2 * inputs);
        Arrays.fill(prior, experts.length + inputs, prior.length, (float) variance(settings));
        return prior;
    }

    /** What is known of a key; null where nothing is known of any. */
    Known.@Nullable Line ahead(String key) {
        return known == null || !known.has(key) ? common : known.of(key, longest);
    }

    /** A key begins where the model has it. */
    void begin(Model model, LiveState s) {
        if (squares == null) {
            return;
        }
        double[] mean = new double[inputs];
        double[] variance = new double[inputs];
        for (int i = 0; i < inputs; i++) {
            mean[i] = model.prior()[Prior.SIZE + i];
            variance[i] = model.prior()[Prior.SIZE + inputs + i];
        }
        squares.reset(s.doubles, at, mean, variance);
    }

    /** What the unusual does to step h after the last closed one: times for amounts, plus for the rest; {@link #NONE}. */
    double at(LiveState s, int h) {
        double[] x = squares == null || s.observed == 0 ? null : unusual(s, s.next + h - 1, 1);
        if (squares == null || x == null) {
            return NONE;
        }
        double e = squares.forecast(s.doubles, at, x);
        return domain.multiplies()
                ? Math.max(0, 1 + Math.min(MOST, e))
                : layout.normaliser.scale(s.numbers) * Math.max(-MOST, Math.min(MOST, e));
    }

    private double @Nullable [] unusual(LiveState s, long step, double unit) {
        double[] columns = s.ahead == null ? null : s.ahead.unusual(step);
        if (columns == null) {
            return null;
        }
        double[] waves = this.waves[layout.slot(step)];
        double[] x = new double[inputs];
        for (int i = 0; i < inputs; i++) {
            x[i] = columns[i / waves.length] * waves[i % waves.length] * unit;
        }
        return x;
    }

    /** A location with its effect. */
    double apply(double z, double effect) {
        return Double.isNaN(effect) ? z : domain.multiplies() ? z * effect : z + effect;
    }

    /** Quantiles around a location with their effect; they stay ascending. */
    void apply(double[] z, double location, double effect) {
        if (Double.isNaN(effect)) {
            return;
        }
        double width = effect < 1 ? .5 + .5 * effect : effect;
        for (int i = 0; i < z.length; i++) {
            z[i] = domain.multiplies() ? location * effect + (z[i] - location) * width : z[i] + effect;
        }
    }

    /** The value of the step that closes, without what was unusual about it. */
    double clean(LiveState s, double y) {
        double effect = at(s, 1);
        if (Double.isNaN(effect)) {
            return y;
        }
        double value = domain.clamp(y);
        if (!domain.multiplies()) {
            return domain.outer(domain.inner(value) - effect);
        }
        double usual = layout.smoothing.expected(s.numbers, 1, layout.slot(s.next));
        double clean = effect >= 1 ? value / effect : value + (1 - effect) * usual;
        return domain.outer(counts ? Math.rint(clean) : clean);
    }

    /** The step that closes has come to z: what was forecast of it long before tells what was unusual. */
    void learn(LiveState s, double z) {
        int g = layout.horizons.groups() - 1;
        int place = layout.pending(g, s.next - layout.horizons.representative(g) + 1);
        if (squares == null || s.numbers[place + Layout.PENDING_BELOW] == 0) {
            return;
        }
        double scale = layout.normaliser.scale(s.numbers);
        double location = s.numbers[place + Layout.PENDING_LOCATION];
        double[] x = unusual(s, s.next, domain.multiplies() ? location / scale : 1);
        if (x != null) {
            double expected = squares.forecast(s.doubles, at, x);
            double surprise = (z - location) / scale - expected;
            squares.learn(s.doubles, at, x, expected + Math.max(-CLIP, Math.min(CLIP, surprise)));
        }
    }

    /**
     * Writes what keys have in common behind the experts' prior. Of each effect, with θ and P what a key has learnt from a prior
     * of variance V about 0, and i = 1/P - 1/V what its data told:
     *
     * <pre>
     *   w = i / (1 + i V)    mean = Σ w θ/(P i) / (Σ w + 1/V)    n = V Σ w
     *   variance = (V + n × the weighted spread of θ/(P i) around the mean) / (1 + n), at most V
     * </pre>
     */
    public void pool(float[] prior, List<SeriesState> states) {
        for (int i = 0; squares != null && i < inputs; i++) {
            double[] one = new double[inputs];
            one[i] = 1;
            double weights = 0;
            double sum = 0;
            double squared = 0;
            for (SeriesState s : states) {
                double p = squares.variance(s.doubles(), at, one);
                double told = s.position().observed() == 0 ? 0 : Math.max(0, 1 / p - 1 / variance);
                if (told > 0) {
                    double learnt = s.doubles()[at + i] / (p * told);
                    double w = told / (1 + told * variance);
                    weights += w;
                    sum += w * learnt;
                    squared += w * learnt * learnt;
                }
            }
            double mean = sum / (weights + 1 / variance);
            double spread = squared - 2 * mean * sum + mean * mean * weights;
            double own = variance * (1 + Math.max(0, spread)) / (1 + variance * weights);
            prior[Prior.SIZE + i] = (float) mean;
            prior[Prior.SIZE + inputs + i] = (float) Math.min(variance, own);
        }
    }
}
