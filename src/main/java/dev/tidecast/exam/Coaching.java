package dev.tidecast.exam;

import dev.tidecast.backtest.Tutor;
import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.model.ModelBytes;
import dev.tidecast.learn.Crew;
import dev.tidecast.learn.History;
import dev.tidecast.learn.Members;
import dev.tidecast.learn.NetLearner;
import dev.tidecast.learn.OnlineHighway;
import dev.tidecast.learn.OnlineRecipe;
import dev.tidecast.learn.OnlineTrainer;
import dev.tidecast.learn.TrackHistory;
import dev.tidecast.learn.TrainerState;
import dev.tidecast.series.Observation;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The trainer beside a stream. At every lesson it is given the histories as they are known then; the highway is solved again,
 * the rest of each member takes some updates, and a model of a new version goes out. Where nothing has been learned before, it begins as soon
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
    private final List<OnlineTrainer> trainers;
    private final OnlineHighway highway;
    private final Crew crew;
    private Model model;
    /** One per member; null until there is something to learn from. */
    private @Nullable List<TrainerState> states;

    /** @param whole all observations of all keys: at a lesson no more is read of them than has closed by then */
    Coaching(Student student, Map<String, List<Observation>> whole, Lessons lessons, Crew crew) {
        TreeMap<String, List<Observation>> known = new TreeMap<>(whole);
        known.values().removeIf(List::isEmpty);
        OnlineRecipe recipe = OnlineRecipe.standard().withRate(lessons.rate()).withHighway(0);
        this.forecaster = student.forecaster;
        this.model = student.model;
        this.seed = student.seed;
        this.without = student.without;
        this.lessons = lessons;
        this.learner = NetLearner.of(forecaster);
        this.histories = TrackHistory.of(forecaster, known, crew);
        this.trainers = each(k -> new OnlineTrainer(learner, recipe.withSeed(Members.seed(seed, k)), crew));
        this.crew = crew;
        this.highway = new OnlineHighway(learner, PENALTY);
        this.states = model.network() == null ? null : states(model.network().flat());
    }

    private List<TrainerState> states(float[] all) {
        return each(k -> TrainerState.of(learner.net().member(k, all)));
    }

    private <T> List<T> each(IntFunction<T> made) {
        return IntStream.range(0, learner.net().members()).mapToObj(made).toList();
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
        List<TrainerState> before = states == null
                ? each(k -> TrainerState.of(learner.network().initialise(Members.seed(seed, k))))
                : states;
        List<float[]> starts = each(k -> before.get(k).weights().clone());
        boolean solved = true;
        for (float[] w : starts) {
            solved &= highway.write(w);
        }
        if (!solved && states == null) {
            return model;
        }
        SortedMap<String, float[]> roads = highway.roads(starts.get(0), crew);
        List<History> own = OnlineTrainer.beside(now, roads, learner);
        List<TrainerState> after =
                each(k -> trainers.get(k).learn(before.get(k).with(starts.get(k)), own, lessons.updates()));
        states = after;
        float[] weights =
                learner.net().together(after.stream().map(TrainerState::weights).toList());
        Model next = ModelBytes.learnt(forecaster.modelShape(), model, weights, roads);
        model = without == null ? next : without.of(next);
        return model;
    }
}
