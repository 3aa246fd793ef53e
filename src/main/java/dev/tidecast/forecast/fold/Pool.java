package dev.tidecast.forecast.fold;

import dev.tidecast.forecast.close.Effects;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.model.Prior;
import dev.tidecast.forecast.spec.Expert;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.forecast.state.Domain;
import dev.tidecast.forecast.state.Layout;
import dev.tidecast.forecast.state.SeriesState;
import dev.tidecast.series.Grid;
import dev.tidecast.series.Horizons;
import dev.tidecast.series.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Computes the prior, where a new key begins, from what the keys of a training have in common while they are young. The first
 * steps of each history are folded with the model. Then these numbers, per horizon group, replace those of the prior:
 *
 * <pre>
 *   width     the upper quartile over keys of (mean absolute error so far / size of the level)
 *   offset    the mean over keys of each calibrated offset
 *   start     the median over keys of (mean error of each expert / ours)
 * </pre>
 *
 * The width is the upper quartile because a band that is too narrow misleads more than one that is too wide. The mix may also
 * use a higher power of the errors, because next to a trained network the other experts are more likely to make the forecast
 * worse. Called once per training.
 */
final class Pool {
    /** A month of days; about as long as a prior matters. */
    private static final int YOUNG = 28;

    private static final int LEAST_KEYS = 5;

    private final Settings settings;
    private final Layout layout;
    private final Domain domain;
    private final Effects effects;

    Pool(Forecaster forecaster) {
        this.settings = forecaster.settings();
        this.layout = forecaster.parts().layout();
        this.domain = forecaster.parts().domain();
        this.effects = forecaster.parts().effects();
    }

    /** Where a key stands that has lived through a history under a model. */
    @FunctionalInterface
    interface Life {
        SeriesState of(Model model, List<Observation> history);
    }

    /** The model with these beginnings: keys that are kin begin alike where there are enough of them. */
    Model of(Model model, Collection<List<Observation>> histories, Life life) {
        List<SeriesState> all = new ArrayList<>();
        List<SeriesState> grown = new ArrayList<>();
        SortedMap<String, List<SeriesState>> byKin = new TreeMap<>();
        for (List<Observation> history : histories) {
            if (history.isEmpty()) {
                continue;
            }
            String kin = settings.kinship().of(history.get(0).key());
            SeriesState young = life.of(model.of(kin), young(history, layout.horizons));
            all.add(young);
            byKin.computeIfAbsent(kin, k -> new ArrayList<>()).add(young);
            if (settings.known() != null) {
                // A holiday is rare: of effects the whole past tells, and without a network as well.
                grown.add(life.of(new Model("", model.prior(), null), history));
            }
        }
        float[] shared = prior(model.prior(), all);
        if (settings.known() != null) {
            effects.pool(shared, grown);
        }
        return new Model(model.version(), shared, model.network(), null, kin(model, shared, byKin));
    }

    private SortedMap<String, Model> kin(Model model, float[] shared, SortedMap<String, List<SeriesState>> byKin) {
        TreeSet<String> names = new TreeSet<>(model.kin().keySet());
        byKin.forEach((name, states) -> names.addAll(states.size() < LEAST_KEYS ? Set.of() : Set.of(name)));
        names.remove("");
        SortedMap<String, Model> kin = new TreeMap<>();
        for (String name : names) {
            float[] own = prior(shared, byKin.getOrDefault(name, List.of()));
            kin.put(
                    name,
                    new Model(
                            model.version(),
                            own,
                            model.network(),
                            model.of(name).road(),
                            new TreeMap<>()));
        }
        return kin;
    }

    /** How many first observations of a history are folded. */
    static List<Observation> young(List<Observation> history, Horizons horizons) {
        return history.subList(0, Math.min(history.size(), YOUNG + horizons.representative(horizons.groups() - 1)));
    }

    /** The prior with what these states, young but not newborn, have in common. */
    float[] prior(float[] first, List<SeriesState> states) {
        List<SeriesState> grown = new ArrayList<>(states);
        grown.removeIf(s -> s.position().observed() < YOUNG);
        float[] prior = first.clone();
        if (settings.kind() != TargetKind.REAL) {
            // Plain numbers are judged by their squares: they keep a broader mix.
            prior[Prior.SQUARINGS] = Prior.TRAINED_SQUARINGS;
        }
        if (grown.size() < LEAST_KEYS) {
            return prior;
        }
        Horizons horizons = layout.horizons;
        for (int g = 0; g < horizons.groups(); g++) {
            int at = horizons.kind(g) * Prior.GROUP_SIZE;
            prior[at + Prior.WIDTH] = width(grown, g);
            for (int e = 0; e < Expert.COUNT; e++) {
                prior[at + Prior.STARTS + e] = start(grown, g, e);
            }
            for (int i = 0; i < Grid.SIZE; i++) {
                double sum = 0;
                for (SeriesState s : grown) {
                    sum += layout.offsets.at(s.numbers(), horizons.representative(g), i);
                }
                prior[at + Prior.OFFSETS + i] = (float) (sum / grown.size());
            }
        }
        return prior;
    }

    /** The median over keys of an expert's usual error as a share of ours. */
    private float start(List<SeriesState> states, int group, int expert) {
        double[] shares = states.stream()
                .mapToDouble(
                        s -> layout.mixing.error(s.numbers(), group, expert) / layout.spread.own(s.numbers(), group))
                .sorted()
                .toArray();
        return (float) shares[shares.length / 2];
    }

    private float width(List<SeriesState> states, int group) {
        double[] widths = new double[states.size()];
        for (int k = 0; k < widths.length; k++) {
            SeriesState s = states.get(k);
            widths[k] = layout.spread.own(s.numbers(), group) / domain.size(layout.normaliser.level(s.numbers()));
        }
        Arrays.sort(widths);
        return (float) widths[widths.length * 3 / 4];
    }
}
