package dev.tidecast.forecast.fold;

import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.answer.Score;
import dev.tidecast.forecast.answer.Trigger;
import dev.tidecast.forecast.close.Close;
import dev.tidecast.forecast.close.Effects;
import dev.tidecast.forecast.close.Issuer;
import dev.tidecast.forecast.close.LiveState;
import dev.tidecast.forecast.close.Partial;
import dev.tidecast.forecast.close.Parts;
import dev.tidecast.forecast.model.ForecastNet;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.model.ModelBytes;
import dev.tidecast.forecast.model.ModelShape;
import dev.tidecast.forecast.model.Prior;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.state.Domain;
import dev.tidecast.forecast.state.KeyState;
import dev.tidecast.forecast.state.Layout;
import dev.tidecast.forecast.state.OpenState;
import dev.tidecast.forecast.state.SeriesCodec;
import dev.tidecast.forecast.state.SeriesState;
import dev.tidecast.forecast.state.Versions;
import dev.tidecast.series.Aggregate;
import dev.tidecast.series.Buckets;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fold of one key, (model, key state, observation) to (key state, forecast, scores), in three moves:
 *
 * <pre>
 *   arrive(state, observation)            the open bucket takes the value
 *   partial(model, state, observation)    what is known before the bucket closes
 *   close(model, key, state, due, source) every open bucket before `due` is scored, stepped, and the last one forecasts
 * </pre>
 *
 * Pure: states and models that come in are not changed, the same input gives the same bits on every machine and JDK.
 * Immutable, shared by all threads.
 */
public final class Forecaster {
    /** A key silent for more buckets than this skips the rest as one gap. */
    static final int MOST_SILENT = 512;

    private static final long MOST_GRACE_BUCKETS = 960;

    private final Settings settings;
    private final int fingerprint;
    private final Parts parts;
    private final Layout layout;
    private final Close close;
    private final Partial partial;
    private final Issuer issuer;

    public Forecaster(Settings settings) {
        Buckets buckets = settings.buckets();
        if (!buckets.isNone() && settings.graceMillis() / buckets.usualMillis() > MOST_GRACE_BUCKETS) {
            throw new IllegalArgumentException("grace spans more than " + MOST_GRACE_BUCKETS + " buckets");
        }
        this.settings = settings;
        this.fingerprint = settings.fingerprint();
        this.parts = new Parts(settings);
        this.layout = parts.layout();
        this.close = new Close(parts);
        this.partial = new Partial(parts);
        this.issuer = new Issuer(parts);
    }

    public Settings settings() {
        return settings;
    }

    /** Names the shape of what this forecaster stores: states of another fingerprint are refused. */
    public int fingerprint() {
        return fingerprint;
    }

    /** The network, null where the experts forecast alone. */
    public @Nullable ForecastNet net() {
        return parts.net();
    }

    /** Whether an autoregression is among the experts of a key. */
    public boolean autoregresses() {
        return layout.autoregression != null;
    }

    /** What is kept of a key's closed steps, in bytes by part: the same for every key that waits for one model's forecasts. */
    public Map<String, Integer> keptBytes() {
        Map<String, Integer> bytes = new LinkedHashMap<>(layout.bytes());
        String version = net() == null ? firstModel().version() : ModelBytes.NO_VERSION;
        SeriesState s = SeriesState.birth(layout, 0, parts.shownLevels())
                .with(Versions.NONE.with(version, 0, settings.horizon()));
        int all = seriesCodec().write(s).length;
        int parts = bytes.values().stream().mapToInt(Integer::intValue).sum();
        bytes.put("header, model version, checksum", all - parts);
        return bytes;
    }

    /** What this forecaster's models are for. */
    public ModelShape modelShape() {
        return new ModelShape(settings, net(), firstModel().prior().length);
    }

    /** The experts as they are before anything is learned. */
    public Model firstModel() {
        return new Model("experts", Effects.prior(settings, Prior.first(settings.kind(), settings.season())), null);
    }

    /**
     * Whether a value can be folded in: a number within ± 10^30, above 0 for logarithmic kinds, and not below 0 for
     * amounts unless they are summed (a return takes a sale back).
     */
    public boolean accepts(double value) {
        if (!(Math.abs(value) <= Domain.LARGEST)) {
            return false;
        }
        Aggregate aggregate = settings.buckets().aggregate();
        return switch (settings.kind()) {
            case REAL -> true;
            case COUNT, NONNEG -> value >= 0 || aggregate == Aggregate.SUM || aggregate == Aggregate.COUNT;
            case POSITIVE, PRICE -> value > 0 || aggregate == Aggregate.COUNT;
        };
    }

    /** A key that has not been seen, about to take its first observation. */
    public KeyState birth(Observation first) {
        return new KeyState(OpenState.birth(settings.buckets().first(first.time())), null);
    }

    /** The state with the observation in its open bucket. */
    public KeyState arrive(KeyState state, Observation o) {
        long index = settings.buckets().index(o.time());
        return new KeyState(state.open.with(index, o, settings.buckets().aggregate()), state.series);
    }

    /** The forecast at an observation that has arrived, when event time is `now`: step 1 is the first open bucket. */
    public Forecast partial(Model model, KeyState state, Observation o, long now) {
        Issuer.Occasion occasion = new Issuer.Occasion(o.key(), o.source(), Trigger.EVENT, true);
        return partial.forecast(own(model, o.key()), state, occasion, now);
    }

    /** Closes every open bucket before `due`; the source is that of the record that made them due. */
    public Closing close(Model shared, String key, KeyState state, long due, Source source) {
        if (due <= state.open.base()) {
            return new Closing(key, state, 0, null, List.of());
        }
        Model model = own(shared, key);
        Issuer.Occasion occasion = new Issuer.Occasion(key, source, Trigger.CLOSE, false);
        LiveState s = state.series == null ? close.birth(key, state.open.base()) : close.meet(key, state.series);
        List<Score> scores = new ArrayList<>();
        int silent = 0;
        Close.Issued issued;
        do {
            OpenState.Slot slot = state.open.slot(s.next());
            silent = slot == null ? silent + 1 : 0;
            if (silent > MOST_SILENT) {
                close.takeGap(model, s, Math.min(due, state.open.nextSlot(s.next(), due)) - s.next());
                silent = 0;
            } else {
                score(s, slot, settings.buckets().start(s.next()), occasion, scores);
                close.take(model, s, slot);
            }
            issued = close.issue(model, s, s.next() == due);
        } while (s.next() < due);
        SeriesState kept = s.kept();
        Forecast forecast = issuer.closed(model, kept, issued, occasion);
        long buckets = due - state.open.base();
        return new Closing(key, new KeyState(state.open.closed(due), kept), buckets, forecast, scores);
    }

    /** Without buckets: the observation is a step of its own, closed at once. */
    public Closing step(Model shared, KeyState state, Observation o) {
        Model model = own(shared, o.key());
        Issuer.Occasion occasion = new Issuer.Occasion(o.key(), o.source(), Trigger.EVENT, false);
        LiveState s = state.series == null ? close.birth(o.key(), 0) : close.meet(o.key(), state.series);
        close.reach(s, o.time());
        OpenState.Slot slot =
                OpenState.Slot.first(s.next(), o, settings.buckets().aggregate());
        List<Score> scores = new ArrayList<>();
        score(s, slot, o.time(), occasion, scores);
        close.take(model, s, slot);
        Close.Issued issued = close.issue(model, s, true);
        SeriesState kept = s.kept();
        OpenState open = new OpenState(s.next(), true, List.of());
        Forecast forecast = issuer.closed(model, kept, issued, occasion);
        return new Closing(o.key(), new KeyState(open, kept), 1, forecast, scores);
    }

    Parts parts() {
        return parts;
    }

    Close closes() {
        return close;
    }

    /** A state whose arrays others are read into. */
    SeriesState newRoom() {
        return SeriesState.birth(layout, 0, new float[SeriesState.LEVELS]);
    }

    SeriesCodec seriesCodec() {
        return new SeriesCodec(layout, fingerprint);
    }

    private void score(
            LiveState s, OpenState.@Nullable Slot slot, long start, Issuer.Occasion occasion, List<Score> scores) {
        List<Score.Matured> matured = close.score(s, slot);
        if (!matured.isEmpty()) {
            Score.Subject subject = new Score.Subject(
                    occasion.key(), settings.pipeline(), settings.buckets().text(), start);
            scores.add(new Score(subject, close.actual(slot), occasion.source(), List.copyOf(matured)));
        }
    }

    /** The model as this key sees it. */
    private Model own(Model model, String key) {
        return model.of(settings.kinship(), key);
    }
}
