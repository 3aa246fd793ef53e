package dev.tidecast.learn;

import dev.tidecast.nn.Adam;
import dev.tidecast.nn.Clip;
import dev.tidecast.nn.Descent;
import dev.tidecast.nn.Draws;
import dev.tidecast.nn.Param;
import dev.tidecast.nn.Schedule;
import java.util.List;
import java.util.SortedMap;

/**
 * The trainer as a fold: (state, histories as known now) to state. Which windows an update reads follows from the seed and from
 * how many updates there were, so that going on is the same as never having stopped.
 */
public final class OnlineTrainer {
    private static final double EPSILON = 1e-6;
    private static final float LARGEST_NORM = 1f;

    private final Learner learner;
    private final OnlineRecipe recipe;
    private final Gradients gradients;
    private final int window;

    public OnlineTrainer(Learner learner, OnlineRecipe recipe, Crew crew) {
        this.learner = learner;
        this.recipe = recipe;
        gradients = new Gradients(
                crew,
                learner,
                Recipe.standard()
                        .withLanes(recipe.lanes().count(), recipe.lanes().shards())
                        .withQuantiles(recipe.quantiles()),
                learner.network().recurrent() ? recipe.windows().length() : learner.window());
        window = gradients.shards()[0].window();
    }

    /** Some updates from what is known now; histories know no label that has not come ({@link History#upTo}). */
    public TrainerState learn(TrainerState before, List<? extends History> now, int updates) {
        List<History> known =
                now.stream().map(History.class::cast).filter(h -> h.steps() > 1).toList();
        float[] w = before.weights().clone();
        Descent descent = descent(before);
        for (int u = 0; u < updates && !known.isEmpty(); u++) {
            deal(known, new Draws(recipe.seed() ^ new Draws(before.updates() + u).bits()));
            gradients.update(known, w, descent);
        }
        long done = known.isEmpty() ? 0 : updates;
        return new TrainerState(w, descent.moments(), before.updates() + done, descent.steps(), descent.refused());
    }

    /** The histories as the shared network is to learn them: what their kin's roads say is taken off. */
    public static List<History> beside(
            List<? extends History> histories, SortedMap<String, float[]> roads, Learner learner) {
        return SideRoads.beside(histories, roads, learner);
    }

    private void deal(List<History> known, Draws draws) {
        int number = 0;
        for (Shard shard : gradients.shards()) {
            for (Lane lane : shard.lanes()) {
                lane.take(window(known, draws, number++ % 2 == 0));
            }
        }
    }

    private Stretch window(List<History> known, Draws draws, boolean recent) {
        int k = draws.below(known.size());
        int end = known.get(k).steps() - 1; // the last step has no label
        int earliest = recent ? Math.max(1, end - recipe.windows().recent() + 1) : Math.min(end, window);
        int to = earliest + draws.below(end - earliest + 1);
        int from = Math.max(0, to - window);
        int counted =
                learner.network().recurrent() ? Math.min(from + recipe.windows().warm(), to - 1) : to - 1;
        return new Stretch(k, from, counted, to);
    }

    private Descent descent(TrainerState before) {
        Descent descent = new Descent(
                new Adam(.9, .999, EPSILON, 0),
                Schedule.constant(recipe.rates().highest()),
                Clip.byNorm(LARGEST_NORM),
                before.weights().length);
        for (Param param : learner.highway()) {
            descent.slow(param, recipe.rates().highway());
        }
        for (int k = 0; k < before.moments().length; k++) {
            System.arraycopy(before.moments()[k], 0, descent.moments()[k], 0, before.weights().length);
        }
        descent.resume(before.moved(), before.refused());
        return descent;
    }
}
