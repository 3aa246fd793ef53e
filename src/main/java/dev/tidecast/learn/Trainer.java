package dev.tidecast.learn;

import dev.tidecast.nn.Adam;
import dev.tidecast.nn.Average;
import dev.tidecast.nn.Clip;
import dev.tidecast.nn.Descent;
import dev.tidecast.nn.Param;
import dev.tidecast.nn.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Training offline over the histories of all keys: truncated back-propagation through time on lanes, every step and every known
 * horizon a label. The highway starts as a ridge regression; Adam then follows a rate that rises over the first half and falls
 * along a cosine; what is kept is the mean of the weights after the last third of the passes.
 *
 * <p>The same histories, recipe and seed give the same bytes, whatever the number of threads. Called by the verb
 * {@code train} and by evaluations.
 */
public final class Trainer {
    private static final double EPSILON = 1e-6;
    private static final float LARGEST_NORM = 1f;
    private static final double FIRST_RATE = .1;
    private static final double LAST_RATE = .03;

    private final Learner learner;
    private final Recipe recipe;
    private final Crew crew;

    public Trainer(Learner learner, Recipe recipe, Crew crew) {
        this.learner = learner;
        this.recipe = recipe;
        this.crew = crew;
    }

    /** Learns from the histories and tells how it goes after every pass. */
    public Trained train(List<? extends History> histories, Consumer<Progress> heard) {
        return train(null, histories, heard);
    }

    /** The same from weights that know something already; the highway is solved anew. */
    Trained train(float @Nullable [] before, List<? extends History> histories, Consumer<Progress> heard) {
        List<History> all = Validation.heldBack(histories, learner, recipe);
        float[] w = start(before, all);
        SortedMap<String, float[]> roads = new SideRoads(learner, crew).of(all, w);
        List<History> known = SideRoads.beside(all, roads, learner);
        int window = window(known);
        Course course = new Course(known, recipe, learner.network().recurrent(), window);
        Gradients gradients = new Gradients(crew, learner, recipe, window);
        Validation validation =
                new Validation(learner, recipe, SideRoads.beside(histories, roads, learner), crew, window);
        Choice choice = new Choice(
                w.clone(), validation.loss(w), Math.max(5, recipe.passes().count() / 3));
        double start = choice.loss();
        Average average = new Average(Math.max(1, recipe.passes().count() / 3), w.length);
        long updates = updatesOfAPass(course.windows());
        Descent descent = descent(updates * recipe.passes().count());
        List<Progress> passes = new ArrayList<>();
        for (int pass = 1; pass <= recipe.passes().count() && course.windows() > 0 && !choice.over(); pass++) {
            double loss = pass(gradients, course, known, w, descent, updates);
            average.add(w);
            float[] mean = new float[w.length];
            average.mean(mean);
            double held = validation.loss(mean);
            choice.take(pass, mean, held);
            passes.add(new Progress(pass, recipe.passes().count(), loss, held, descent.refused()));
            heard.accept(passes.get(passes.size() - 1));
        }
        return new Trained(choice.weights(), roads, choice.pass(), start, choice.loss(), passes);
    }

    private double pass(
            Gradients gradients, Course course, List<History> known, float[] w, Descent descent, long updates) {
        double loss = 0;
        double count = 0;
        for (long u = 0; u < updates; u++) {
            for (Shard shard : gradients.shards()) {
                for (Lane lane : shard.lanes()) {
                    if (lane.done(shard.window())) {
                        lane.take(course.next());
                    }
                }
            }
            gradients.update(known, w, descent);
            loss += gradients.loss();
            count += gradients.count();
        }
        return loss / count;
    }

    /** The weights before the first update: the highway alone, from the histories as they are. */
    public float[] start(List<? extends History> histories) {
        return start(null, histories);
    }

    private float[] start(float @Nullable [] before, List<? extends History> histories) {
        float[] w = before == null ? learner.network().initialise(recipe.seed()) : before.clone();
        new HighwayStart(learner, recipe, List.copyOf(histories), crew).write(w);
        return w;
    }

    private int window(List<History> known) {
        if (!learner.network().recurrent()) {
            return learner.window();
        }
        int longest = 1;
        for (History history : known) {
            longest = Math.max(longest, history.steps());
        }
        return Math.min(recipe.lanes().window(), longest);
    }

    private long updatesOfAPass(long windows) {
        long least = (recipe.passes().least() + recipe.passes().count() - 1)
                / recipe.passes().count();
        return Math.max(
                least, (windows + recipe.lanes().count() - 1) / recipe.lanes().count());
    }

    private Descent descent(long updates) {
        Descent descent = new Descent(
                new Adam(.9, .999, EPSILON, 0),
                schedule(recipe.rates().highest(), updates),
                Clip.byNorm(LARGEST_NORM),
                learner.network().weights());
        for (Param param : learner.highway()) {
            descent.slow(param, recipe.rates().highway());
        }
        return descent;
    }

    /** A rate that rises in a line over the first half, times a cosine over all. */
    static Schedule schedule(double rate, long updates) {
        Schedule cosine = Schedule.cosine(rate, LAST_RATE * rate, updates);
        return step ->
                cosine.rate(step) * Math.min(1, FIRST_RATE + (1 - FIRST_RATE) * 2 * (step - 1) / Math.max(1, updates));
    }
}
