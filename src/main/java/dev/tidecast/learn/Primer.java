package dev.tidecast.learn;

import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.forecast.spec.TargetKind;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a network of prices knows before it has seen one: a few passes over made prices ({@link Synthesis}). A market says little about
 * itself: what its history teaches of how calm and storm follow each other is mostly noise, and that part of it is the same everywhere.
 * The highway is solved from the real histories all the same. Called once per network, before {@link Trainer}.
 */
final class Primer {
    private static final int PASSES = 10;

    private Primer() {}

    /** Whether a network of this kind has anything to learn from made series. */
    static boolean helps(Forecaster forecaster, Recipe recipe) {
        return recipe.histories().made() > 0
                && forecaster.settings().kind() == TargetKind.PRICE
                && Synthesis.knows(forecaster.settings());
    }

    /** The weights to go on from; null where nothing is made. */
    static float @Nullable [] weights(
            Forecaster forecaster, NetLearner learner, Recipe recipe, Crew crew, Consumer<Progress> heard) {
        if (!helps(forecaster, recipe)) {
            return null;
        }
        List<History> made = TrackHistory.of(
                forecaster,
                Synthesis.of(forecaster.settings(), recipe.histories().made(), recipe.seed()),
                crew);
        // Of made series the first steps count in full.
        Recipe brief =
                recipe.withPasses(Math.min(PASSES, recipe.passes().count())).withCold(1);
        return new Trainer(learner, brief, crew).train(made, heard).weights();
    }
}
