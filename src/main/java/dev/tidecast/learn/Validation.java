package dev.tidecast.learn;

import dev.tidecast.nn.Network;
import dev.tidecast.nn.Tape;
import dev.tidecast.nn.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The loss on data that was held back from training, which is used to choose the weights. Held back is the last horizon of each
 * key. It is forecast from every step whose whole future is held back.
 *
 * <ul>
 *   <li>With few keys, several horizons of each key are held back, up to an eighth of its history, because a single horizon of a
 *       single key tells good and bad weights apart only by chance.
 *   <li>With many keys and short histories, only every eighth key is held back, because the last horizon of every key would be a
 *       large part of the data and would hold all the late steps of the series.
 *   <li>With very many keys, the loss is computed on a regular selection of them.
 * </ul>
 *
 * The state is warmed up over the window before the held-back data.
 */
final class Validation {
    private static final int MOST_KEYS = 512;
    /** From so many keys on some may speak for all. */
    private static final int MANY_KEYS = 64;

    /** A usual history of fewer horizons than this is short. */
    private static final int SHORT = 16;

    private static final int EVERY = 8;
    private static final int LANES = 8;
    private static final int ENOUGH_STRETCHES = 32;
    private static final int LEAST_KNOWN = 8;

    private final Learner learner;
    private final Recipe recipe;
    private final Crew crew;
    private final List<History> asked = new ArrayList<>();
    private final int keys;
    private final int steps;
    private final Queue<Tape> idle = new ConcurrentLinkedQueue<>();

    Validation(Learner learner, Recipe recipe, List<History> histories, Crew crew, int window) {
        this.learner = learner;
        this.recipe = recipe;
        this.crew = crew;
        List<History> able = new ArrayList<>();
        int[] held = held(histories, learner);
        for (int k = 0; k < histories.size(); k++) {
            if (recipe.histories().validate() && held[k] > 0) {
                able.add(histories.get(k));
            }
        }
        int apart = Math.max(1, (able.size() + MOST_KEYS - 1) / MOST_KEYS);
        for (int k = 0; k < able.size(); k += apart) {
            asked.add(able.get(k));
        }
        keys = histories.size();
        int most =
                asked.stream().mapToInt(h -> horizons(h, keys, learner)).max().orElse(1);
        steps = learner.network().recurrent() ? window + most * learner.horizon() : window;
    }

    /** How many last steps of each history are held back. */
    static int[] held(List<? extends History> histories, Learner learner) {
        int every = someSpeakForAll(histories, learner) ? EVERY : 1;
        int[] held = new int[histories.size()];
        for (int k = 0; k < held.length; k += every) {
            History history = histories.get(k);
            boolean asked = history.steps() > learner.horizon();
            held[k] = asked ? learner.horizon() * horizons(history, held.length, learner) : 0;
        }
        return held;
    }

    private static boolean someSpeakForAll(List<? extends History> histories, Learner learner) {
        return histories.size() >= MANY_KEYS && History.usualSteps(histories) < SHORT * learner.horizon();
    }

    private static int horizons(History history, int keys, Learner learner) {
        int wanted = (ENOUGH_STRETCHES + keys - 1) / Math.max(1, keys);
        int most = Math.max(1, history.steps() / (LEAST_KNOWN * learner.horizon()));
        return Math.min(wanted, most);
    }

    /** The histories without what is held back. */
    static List<History> heldBack(List<? extends History> histories, Learner learner, Recipe recipe) {
        List<History> known = new ArrayList<>();
        int[] held = recipe.histories().validate() ? held(histories, learner) : new int[histories.size()];
        for (int k = 0; k < held.length; k++) {
            known.add(histories.get(k).upTo(histories.get(k).steps() - held[k]));
        }
        return known;
    }

    /** The mean loss of a held-back label; NaN where there is none. */
    double loss(float[] w) {
        Weights weights = learner.network().pack(w);
        int groups = (asked.size() + LANES - 1) / LANES;
        Objective[] objectives = new Objective[groups];
        crew.each(groups, g -> {
            objectives[g] = new Objective(recipe.weights().quantiles());
            judge(weights, asked.subList(g * LANES, Math.min(asked.size(), (g + 1) * LANES)), objectives[g]);
        });
        double sum = 0;
        double count = 0;
        for (Objective objective : objectives) {
            sum += objective.sum();
            count += objective.count();
        }
        return count > 0 ? sum / count : Double.NaN;
    }

    private void judge(Weights weights, List<History> group, Objective objective) {
        Network network = learner.network();
        Tape free = idle.poll();
        Tape tape = free == null ? network.newTape(LANES, steps) : free;
        for (int l = 0; l < group.size(); l++) {
            History history = group.get(l);
            int first = lastStep(history) + 1 - steps;
            int padding = Math.max(0, -first);
            tape.begin(l, padding, history.index(first + padding));
            new Feed(network, tape).write(history, first, padding, l);
        }
        network.forward(weights, tape);
        float[] unused = new float[LANES * network.outputs()];
        for (int l = 0; l < group.size(); l++) {
            History history = group.get(l);
            int first = lastStep(history) + 1 - steps;
            int from = learner.network().recurrent() ? history.steps() - held(history) - 1 : lastStep(history);
            for (int t = from; t <= lastStep(history); t++) {
                objective.add(tape.output(t - first + 1), l * network.outputs(), targets(history, t), 1f, unused);
            }
        }
        idle.add(tape);
    }

    /** The last step with a label; a network that reads its window again is asked at the first one held back alone. */
    private int lastStep(History history) {
        return history.steps() - (learner.network().recurrent() ? 2 : held(history) + 1);
    }

    private int held(History history) {
        return learner.horizon() * horizons(history, keys, learner);
    }

    private float[] targets(History history, int t) {
        float[] targets = new float[learner.horizon()];
        history.targets(t, targets);
        return targets;
    }
}
