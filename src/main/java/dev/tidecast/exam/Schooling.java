package dev.tidecast.exam;

import dev.tidecast.backtest.Tutor;
import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.forecast.fold.Rehearsal;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.learn.Crew;
import dev.tidecast.learn.History;
import dev.tidecast.learn.Members;
import dev.tidecast.learn.Progress;
import dev.tidecast.learn.Recipe;
import dev.tidecast.learn.TrackHistory;
import dev.tidecast.learn.Trained;
import dev.tidecast.series.Observation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Trains the network by a recipe, as the verb {@code train} does; keys that have no history yet teach nothing. */
public record Schooling(
        Recipe recipe,
        Crew crew,
        Consumer<Progress> heard,
        @Nullable Without without) implements Teacher {
    @Override
    public Model teach(Forecaster forecaster, Map<String, List<Observation>> histories, long seed) {
        TreeMap<String, List<Observation>> known = new TreeMap<>(histories);
        known.values().removeIf(List::isEmpty);
        if (known.isEmpty()) {
            // Without a network there is nobody else to ask.
            return without == null || without == Without.EXPERTS
                    ? forecaster.firstModel()
                    : without.of(forecaster.firstModel());
        }
        List<History> pasts = TrackHistory.of(forecaster, known, crew);
        Trained trained = Members.train(forecaster, recipe.withSeed(seed), crew, pasts, heard);
        Model model = new Rehearsal(forecaster).trained(trained.weights(), trained.roads(), known.values());
        return without == null ? model : without.of(model);
    }

    /** Fewer passes, and the highway stays as it is solved: it will be solved again. */
    @Override
    public Teacher before(Lessons lessons) {
        Recipe shorter = recipe.withPasses(Math.min(recipe.passes().count(), lessons.passes()))
                .withLeast(1)
                .withHighway(0)
                .withValidate(false);
        return new Schooling(shorter, crew, heard, without);
    }

    @Override
    public Tutor tutor(
            Forecaster forecaster, Model model, Map<String, List<Observation>> whole, Lessons lessons, long seed) {
        return new Coaching(new Coaching.Student(forecaster, model, seed, without), whole, lessons, crew);
    }
}
