package dev.tidecast.learn;

import dev.tidecast.nn.Draws;
import java.util.ArrayList;
import java.util.List;

/**
 * The endless order in which the stretches of all histories are learnt: pass after pass, each cut and shuffled anew by the
 * seed. A lane that ends its stretch takes the next one, so that lanes are always full.
 */
final class Course {
    private final List<History> histories;
    private final Recipe recipe;
    private final boolean recurrent;
    private final int window;
    private final List<Stretch> waiting = new ArrayList<>();
    private long pass;

    Course(List<History> histories, Recipe recipe, boolean recurrent, int window) {
        this.histories = histories;
        this.recipe = recipe;
        this.recurrent = recurrent;
        this.window = window;
    }

    /** How many windows a pass takes, about. */
    long windows() {
        long sum = 0;
        for (Stretch stretch : cut(new Draws(0))) {
            sum += stretch.windows(window);
        }
        return sum;
    }

    Stretch next() {
        while (waiting.isEmpty()) {
            pass++;
            Draws draws = new Draws(new Draws(recipe.seed()).bits() + pass);
            waiting.addAll(cut(draws));
            for (int i = waiting.size() - 1; i > 0; i--) {
                waiting.set(i, waiting.set(draws.below(i + 1), waiting.get(i)));
            }
        }
        return waiting.remove(waiting.size() - 1);
    }

    private List<Stretch> cut(Draws draws) {
        List<Stretch> cut = new ArrayList<>();
        for (int k = 0; k < histories.size(); k++) {
            int end = histories.get(k).steps() - 1; // the last step has no label
            if (end > 0 && recurrent) {
                sequences(k, end, draws, cut);
            } else if (end > 0) {
                origins(k, end, draws, cut);
            }
        }
        return cut;
    }

    /** Long histories in pieces from a random place on, each with a window before it to warm up the state. */
    private void sequences(int k, int end, Draws draws, List<Stretch> into) {
        int most = recipe.lanes().longest() * window;
        if (end <= most + window) {
            whole(k, end, draws, into);
            return;
        }
        int from = 0;
        int to = window + draws.below(most);
        while (from < end) {
            int stop = end - to < window ? end : to;
            into.add(new Stretch(k, Math.max(0, from - window), from, stop));
            from = stop;
            to = stop + most;
        }
    }

    /** In every second pass or so the windows lie elsewhere, so that no step is always the first of its window. */
    private void whole(int k, int end, Draws draws, List<Stretch> into) {
        int play = 1 + Math.min(end, window) / 8;
        int from = draws.below(play);
        int less = draws.below(2) * draws.below(play);
        into.add(new Stretch(k, from, from, Math.max(from + 1, end - less)));
    }

    /** A network that reads its window again at every step learns from the last step of a window alone: from some of them. */
    private void origins(int k, int end, Draws draws, List<Stretch> into) {
        int apart = Math.max(1, window / 8);
        for (int t = draws.below(Math.min(apart, end)); t < end; t += apart) {
            into.add(new Stretch(k, Math.max(0, t + 1 - window), t, t + 1));
        }
    }
}
