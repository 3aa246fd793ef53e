package dev.tidecast.forecast;

import dev.tidecast.series.Grid;
import dev.tidecast.series.Horizons;
import dev.tidecast.series.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What keys have in common when they are young: where the next new key begins. Each history is folded over its first steps
 * under a model; then, per horizon group,
 *
 * <pre>
 *   width     the upper quartile over keys of (mean absolute error so far / size of the level)
 *   offset    the mean over keys of each calibrated offset
 * </pre>
 *
 * take the place of those in the prior (the upper quartile: a band too narrow misleads more than one too wide), and the mix may follow errors by a higher power: with a trained network among the
 * experts there is more to lose by hearing the others. Called once per training.
 */
final class Pool {
    /** A month of days; about as long as a prior matters. */
    private static final int YOUNG = 28;

    private static final int LEAST_KEYS = 5;

    private final Layout layout;
    private final Target target;

    Pool(Layout layout, Target target) {
        this.layout = layout;
        this.target = target;
    }

    /** How many first observations of a history are folded. */
    static List<Observation> young(List<Observation> history, Horizons horizons) {
        return history.subList(0, Math.min(history.size(), YOUNG + horizons.representative(horizons.groups() - 1)));
    }

    /** The prior with what these states, young but not newborn, have in common. */
    float[] prior(float[] first, List<SeriesState> states) {
        List<SeriesState> grown = new ArrayList<>(states);
        grown.removeIf(s -> s.observed < YOUNG);
        float[] prior = first.clone();
        prior[Prior.SQUARINGS] = target.squarings(prior[Prior.SQUARINGS]);
        if (grown.size() < LEAST_KEYS) {
            return prior;
        }
        Horizons horizons = layout.horizons;
        for (int g = 0; g < horizons.groups(); g++) {
            int at = horizons.kind(g) * Prior.GROUP_SIZE;
            prior[at + Prior.WIDTH] = width(grown, g);
            for (int i = 0; i < Grid.SIZE; i++) {
                double sum = 0;
                for (SeriesState s : grown) {
                    sum += layout.offsets.at(s.numbers, horizons.representative(g), i);
                }
                prior[at + Prior.OFFSETS + i] = (float) (sum / grown.size());
            }
        }
        return prior;
    }

    private float width(List<SeriesState> states, int group) {
        double[] widths = new double[states.size()];
        for (int k = 0; k < widths.length; k++) {
            SeriesState s = states.get(k);
            widths[k] = layout.spread.own(s.numbers, group) / target.size(layout.normaliser.level(s.numbers));
        }
        Arrays.sort(widths);
        return (float) widths[widths.length * 3 / 4];
    }
}
