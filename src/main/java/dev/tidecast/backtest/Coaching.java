package dev.tidecast.backtest;

import dev.tidecast.forecast.Forecaster;
import dev.tidecast.forecast.Model;
import dev.tidecast.forecast.ModelBytes;
import dev.tidecast.learn.Crew;
import dev.tidecast.learn.History;
import dev.tidecast.learn.NetLearner;
import dev.tidecast.learn.OnlineHighway;
import dev.tidecast.learn.OnlineRecipe;
import dev.tidecast.learn.OnlineTrainer;
import dev.tidecast.learn.TrackHistory;
import dev.tidecast.learn.TrainerState;
import dev.tidecast.series.Observation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The trainer beside a stream. At every lesson it is given the histories as they are known then; the highway is solved again,
 * the rest takes some updates, and a model of a new version goes out. Where nothing has been learned before, it begins as soon
 * as a highway can be solved.
 */
final class Coaching implements Tutor {
    /** Of the highway, per row: less than training starts from, for there will be more rows tomorrow. */
    private static final double PENALTY = 1e-4;

    private final Forecaster forecaster;
    private final Lessons lessons;
    private final long seed;
    private final @Nullable Without without;
    private final NetLearner learner;
    private final List<History> histories;
    private final OnlineTrainer trainer;
    private final OnlineHighway highway;
    private Model model;
    private @Nullable TrainerState state;

    /** @param whole all observations of all keys: at a lesson no more is read of them than has closed by then */
    Coaching(Student student, Map<String, List<Observation>> whole, Lessons lessons, Crew crew) {
        TreeMap<String, List<Observation>> known = new TreeMap<>(whole);
        known.values().removeIf(List::isEmpty);
        OnlineRecipe recipe = OnlineRecipe.standard()
                .withSeed(student.seed)
                .withRate(lessons.rate())
                .withHighway(0);
        this.forecaster = student.forecaster;
        this.model = student.model;
        this.seed = student.seed;
        this.without = student.without;
        this.lessons = lessons;
        this.learner = NetLearner.of(forecaster);
        this.histories = TrackHistory.of(forecaster, known, crew);
        this.trainer = new OnlineTrainer(learner, recipe, crew);
        this.highway = new OnlineHighway(learner, PENALTY);
        this.state =
                model.network() == null ? null : TrainerState.of(model.network().flat());
    }

    /** Who learns, where from, and what it does without. */
    record Student(
            Forecaster forecaster,
            Model model,
            long seed,
            @Nullable Without without) {}

    @Override
    public int every() {
        return lessons.every();
    }

    @Override
    public Model lesson(long bucket) {
        if (bucket < lessons.from()) {
            return model;
        }
        List<History> now = histories.stream().map(h -> h.before(bucket)).toList();
        highway.take(now);
        float[] w = state == null
                ? learner.network().initialise(seed)
                : state.weights().clone();
        if (!highway.write(w) && state == null) {
            return model;
        }
        TrainerState before = state == null ? TrainerState.of(w) : state.with(w);
        state = trainer.learn(before, now, lessons.updates());
        Model next = ModelBytes.read(forecaster, ModelBytes.of(forecaster, model.prior(), state.weights()));
        model = without == null ? next : without.of(next);
        return model;
    }
}
