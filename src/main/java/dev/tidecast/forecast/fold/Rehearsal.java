package dev.tidecast.forecast.fold;

import dev.tidecast.forecast.close.Close;
import dev.tidecast.forecast.close.LiveState;
import dev.tidecast.forecast.close.Parts;
import dev.tidecast.forecast.close.Track;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.model.ModelBytes;
import dev.tidecast.forecast.model.ModelShape;
import dev.tidecast.forecast.state.OpenState;
import dev.tidecast.forecast.state.SeriesState;
import dev.tidecast.series.Buckets;
import dev.tidecast.series.Observation;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * Folds whole histories that are known already, as the forecaster would have done event by event: what training needs. Nothing
 * is sent and nothing is scored.
 */
public final class Rehearsal {
    private final Forecaster forecaster;
    private final Parts parts;
    private final Close close;
    private final Buckets buckets;

    public Rehearsal(Forecaster forecaster) {
        this.forecaster = forecaster;
        this.parts = forecaster.parts();
        this.close = forecaster.closes();
        this.buckets = forecaster.settings().buckets();
    }

    /** One key's observations, in the order of their buckets, as the network sees them. */
    public Track track(String key, List<Observation> history) {
        Track track = parts.track(key, firstIndex(history));
        run(forecaster.firstModel(), history, track::add);
        return track;
    }

    /**
     * The model with what the keys of some histories had in common in their youth: where new keys begin under it.
     *
     * @param histories one key each, in the order of their buckets
     */
    public Model pooled(Model model, Collection<List<Observation>> histories) {
        return new Pool(forecaster).of(model, histories, (own, history) -> run(own, history, s -> {}));
    }

    /**
     * The model of freshly trained weights, with new keys beginning where the keys of these histories were when young.
     *
     * @param roads what each kin has beside the highway
     */
    public Model trained(float[] weights, SortedMap<String, float[]> roads, Collection<List<Observation>> histories) {
        ModelShape shape = forecaster.modelShape();
        Model model = pooled(ModelBytes.learnt(shape, forecaster.firstModel(), weights, roads), histories);
        return ModelBytes.read(shape, ModelBytes.of(shape, model));
    }

    /** Folds one key's history and shows its state after every closed step. */
    private SeriesState run(Model model, List<Observation> history, Consumer<LiveState> seen) {
        LiveState s = close.birth(history.get(0).key(), firstIndex(history));
        for (int i = 0; i < history.size(); ) {
            long bucket = bucket(history.get(i), s);
            OpenState open = OpenState.birth(bucket);
            do {
                open = open.with(bucket, history.get(i), buckets.aggregate());
                i++;
            } while (!buckets.isNone() && i < history.size() && bucket(history.get(i), s) == bucket);
            while (s.next() <= bucket) {
                close.take(model, s, s.next() == bucket ? open.slot(bucket) : null);
                close.issue(model, s, false);
                seen.accept(s);
            }
        }
        return s.kept();
    }

    private long firstIndex(List<Observation> history) {
        return buckets.first(history.get(0).time());
    }

    private long bucket(Observation o, LiveState s) {
        return buckets.isNone() ? s.next() : buckets.index(o.time());
    }
}
