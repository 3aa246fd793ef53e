package dev.tidecast.learn;

import dev.tidecast.forecast.fold.Forecaster;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Trains several networks of one shape whose mean is the forecast. They are trained one after the other by the same recipe: the
 * first from the seed of the recipe, every other from a seed derived from it. So they differ in where they start and in the order
 * in which they see the histories, and the mean of the members averages out the errors that come from these two. One member is what
 * {@link Trainer} makes; for prices it is what {@link Trainer} makes after the {@link Primer}.
 */
public final class Members {
    private static final long APART = 0x9E3779B97F4A7C15L;

    private Members() {}

    /** The seed of the k-th member, from 0. */
    public static long seed(long first, int k) {
        return first + k * APART;
    }

    /** Trains them all. Passes are told of one member after the other; losses are the mean over the members. */
    public static Trained train(
            Forecaster forecaster,
            Recipe recipe,
            Crew crew,
            List<? extends History> histories,
            Consumer<Progress> heard) {
        NetLearner learner = NetLearner.of(forecaster, histories);
        int parts = Primer.helps(forecaster, recipe) ? 2 : 1;
        List<Trained> each = new ArrayList<>();
        for (int k = 0; k < learner.net().members(); k++) {
            Recipe own = recipe.withSeed(seed(recipe.seed(), k));
            int of = parts * learner.net().members();
            int first = parts * k + 1;
            int last = parts * (k + 1);
            float[] before = Primer.weights(forecaster, learner, own, crew, pass -> heard.accept(pass.of(first, of)));
            each.add(new Trainer(learner, own, crew).train(before, histories, pass -> heard.accept(pass.of(last, of))));
        }
        return each.size() == 1 ? each.get(0) : together(learner, each);
    }

    private static Trained together(NetLearner learner, List<Trained> each) {
        return new Trained(
                learner.net().together(each.stream().map(Trained::weights).toList()),
                each.get(0).roads(), // solved, not drawn: the same for all
                each.get(0).chosen(),
                each.stream().mapToDouble(Trained::start).average().orElse(Double.NaN),
                each.stream().mapToDouble(Trained::validation).average().orElse(Double.NaN),
                each.stream().flatMap(one -> one.course().stream()).toList());
    }
}
