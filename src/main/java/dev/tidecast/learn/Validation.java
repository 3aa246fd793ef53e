package dev.tidecast.learn;

import dev.tidecast.nn.Network;
import dev.tidecast.nn.Tape;
import dev.tidecast.nn.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The loss on labels that were held back: the last horizon of each key, seen from every step whose whole future is held back;
 * of few keys several horizons, up to an eighth of a history, for one stretch of one key tells weights apart by chance. The
 * state is warmed up over the window before. Of very many keys every so many is asked.
 */
final class Validation {
    private static final int MOST_KEYS = 512;
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
        int apart = (histories.size() + MOST_KEYS - 1) / MOST_KEYS;
        for (int k = 0; k < histories.size(); k += Math.max(1, apart)) {
            if (recipe.validate() && histories.get(k).steps() > learner.horizon()) {
                asked.add(histories.get(k));
            }
        }
        keys = histories.size();
        int held = asked.stream().mapToInt(h -> held(h, keys, learner)).max().orElse(learner.horizon());
        steps = learner.network().recurrent() ? window + held : window;
    }

    /** How many last steps of a history are held back. */
    static int held(History history, int keys, Learner learner) {
        int wanted = (ENOUGH_STRETCHES + keys - 1) / Math.max(1, keys);
        int most = Math.max(1, history.steps() / (LEAST_KNOWN * learner.horizon()));
        return learner.horizon() * Math.min(wanted, most);
    }

    /** The histories without what is held back. */
    static List<History> heldBack(List<? extends History> histories, Learner learner, Recipe recipe) {
        List<History> known = new ArrayList<>();
        for (History history : histories) {
            int held = recipe.validate() ? held(history, histories.size(), learner) : 0;
            known.add(history.upTo(Math.max(0, history.steps() - held)));
        }
        return known;
    }

    /** The mean loss of a held-back label; NaN where there is none. */
    double loss(float[] w) {
        Weights weights = learner.network().pack(w);
        int groups = (asked.size() + LANES - 1) / LANES;
        Objective[] objectives = new Objective[groups];
        crew.each(groups, g -> {
            objectives[g] = new Objective(recipe.quantiles());
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
            int from = learner.network().recurrent()
                    ? history.steps() - held(history, keys, learner) - 1
                    : lastStep(history);
            for (int t = from; t <= lastStep(history); t++) {
                objective.add(tape.output(t - first + 1), l * network.outputs(), targets(history, t), 1f, unused);
            }
        }
        idle.add(tape);
    }

    /** The last step with a label; a network that reads its window again is asked at the first one held back alone. */
    private int lastStep(History history) {
        return history.steps() - (learner.network().recurrent() ? 2 : held(history, keys, learner) + 1);
    }

    private float[] targets(History history, int t) {
        float[] targets = new float[learner.horizon()];
        history.targets(t, targets);
        return targets;
    }
}
