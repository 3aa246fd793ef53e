package dev.tidecast.forecast;

import dev.tidecast.series.Aggregate;
import dev.tidecast.series.Buckets;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
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
    private final Layout layout;
    private final Target target;
    private final Effects effects;
    private final Outlook outlook;
    private final @Nullable ForecastNet net;
    private final @Nullable Features features;
    private final Steps steps;
    private final Scoring scoring;
    private final Issuer issuer;

    public Forecaster(Settings settings) {
        Buckets buckets = settings.buckets();
        if (!buckets.isNone() && settings.graceMillis() / buckets.usualMillis() > MOST_GRACE_BUCKETS) {
            throw new IllegalArgumentException("grace spans more than " + MOST_GRACE_BUCKETS + " buckets");
        }
        this.settings = settings;
        this.fingerprint = settings.fingerprint();
        this.target = new Target(settings);
        NetSpec spec = settings.net();
        ForecastNet made = null;
        if (spec != null) {
            made = new ForecastNet(spec, Features.size(settings, spec), settings.horizon());
        }
        this.net = made;
        int recurrent = made == null ? 0 : made.kept();
        int reach = spec == null || made == null ? 0 : Features.reach(settings, spec, made.window());
        this.layout = new Layout(settings, new Layout.Needs(recurrent, reach, Effects.size(settings)));
        this.features = spec == null ? null : new Features(settings, spec, layout, target);
        NetStep netStep = made == null || features == null ? null : new NetStep(made, layout, features);
        this.effects = new Effects(settings, layout, target);
        this.outlook = new Outlook(layout, target, effects);
        this.steps = new Steps(settings, layout, target, outlook, effects, netStep);
        this.scoring = new Scoring(settings, layout);
        this.issuer = new Issuer(settings, layout, target, outlook, steps, steps.totals());
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
        return net;
    }

    /** Whether an autoregression is among the experts of a key. */
    public boolean autoregresses() {
        return layout.autoregression != null;
    }

    /** What is kept of a key's closed steps, in bytes by part: the same for every key that waits for one model's forecasts. */
    public Map<String, Integer> keptBytes() {
        Map<String, Integer> bytes = new LinkedHashMap<>(layout.bytes());
        SeriesState s = steps.birth("", 0, issuer.levels());
        s.versions =
                s.versions.with(net == null ? firstModel().version() : ModelBytes.NO_VERSION, 0, settings.horizon());
        int all = seriesCodec().write(s).length;
        int parts = bytes.values().stream().mapToInt(Integer::intValue).sum();
        bytes.put("header, model version, checksum", all - parts);
        return bytes;
    }

    /** One key's observations, in the order of their buckets, as the network sees them. */
    public Track track(String key, List<Observation> history) {
        if (features == null) {
            throw new IllegalStateException("the pipeline has no network to train");
        }
        Rehearsal rehearsal = new Rehearsal(settings, steps, this::closeOne);
        Track track = new Track(key, rehearsal.firstIndex(history), features, target);
        rehearsal.run(firstModel(), history, issuer.levels(), (s, sight) -> track.add(layout, s, sight));
        return track;
    }

    /**
     * The model with what the keys of some histories had in common in their youth: where new keys begin under it.
     *
     * @param histories one key each, in the order of their buckets
     */
    public Model pooled(Model model, Collection<List<Observation>> histories) {
        Rehearsal rehearsal = new Rehearsal(settings, steps, this::closeOne);
        return new Pool(settings, layout, target, effects)
                .of(model, histories, (own, history) -> rehearsal.run(own, history, issuer.levels(), (z, sight) -> {}));
    }

    /** What this forecaster's models are for. */
    public ModelShape modelShape() {
        return new ModelShape(settings, net, firstModel().prior().length);
    }

    /**
     * Freshly trained weights, with new keys beginning where the keys of these histories were when young.
     *
     * @param roads what each kin has beside the highway
     */
    public Model trained(float[] weights, SortedMap<String, float[]> roads, Collection<List<Observation>> histories) {
        ModelShape shape = modelShape();
        Model model = pooled(ModelBytes.learnt(shape, firstModel(), weights, roads), histories);
        return ModelBytes.read(shape, ModelBytes.of(shape, model));
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
        if (!(Math.abs(value) <= Target.LARGEST)) {
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
        return new KeyState(
                OpenState.birth(
                        settings.buckets().isNone() ? 0 : settings.buckets().index(first.time())),
                null);
    }

    /** The state with the observation in its open bucket. */
    public KeyState arrive(KeyState state, Observation o) {
        long index = settings.buckets().index(o.time());
        return new KeyState(state.open.with(index, o, settings.buckets().aggregate()), state.series);
    }

    /** The forecast at an observation that has arrived, when event time is `now`: step 1 is the first open bucket. */
    public Forecast partial(Model model, KeyState state, Observation o, long now) {
        Issuer.Occasion occasion = new Issuer.Occasion(o.key(), o.source(), Trigger.EVENT, true);
        return issuer.partial(own(model, o.key()), state, occasion, now);
    }

    /** Closes every open bucket before `due`; the source is that of the record that made them due. */
    public Closing close(Model shared, String key, KeyState state, long due, Source source) {
        if (due <= state.open.base()) {
            return new Closing(key, state, 0, null, List.of());
        }
        Model model = own(shared, key);
        SeriesState s = working(key, state.series, state.open.base());
        List<Score> scores = new ArrayList<>();
        int silent = 0;
        Outlook.Sight sight = outlook.sight(model, s);
        while (s.next < due) {
            OpenState.Slot slot = state.open.slot(s.next);
            silent = slot == null ? silent + 1 : 0;
            if (silent > MOST_SILENT) {
                steps.gap(model, s, Math.min(due, state.open.nextSlot(s.next, due)) - s.next);
                silent = 0;
            } else {
                closeOne(model, s, slot, new Issuer.Occasion(key, source, Trigger.CLOSE, false), scores);
            }
            sight = steps.issue(model, s, s.next == due);
        }
        Forecast forecast = issuer.closed(model, s, sight, new Issuer.Occasion(key, source, Trigger.CLOSE, false));
        long buckets = due - state.open.base();
        return new Closing(key, new KeyState(state.open.closed(due), s), buckets, forecast, scores);
    }

    /** Without buckets: the observation is a step of its own, closed at once. */
    public Closing step(Model shared, KeyState state, Observation o) {
        Model model = own(shared, o.key());
        SeriesState s = working(o.key(), state.series, 0);
        List<Score> scores = new ArrayList<>();
        Issuer.Occasion occasion = new Issuer.Occasion(o.key(), o.source(), Trigger.EVENT, false);
        s.time = o.time();
        OpenState.Slot slot = OpenState.Slot.first(s.next, o, settings.buckets().aggregate());
        closeOne(model, s, slot, occasion, scores);
        Outlook.Sight sight = steps.issue(model, s, true);
        OpenState open = new OpenState(s.next, true, List.of());
        return new Closing(o.key(), new KeyState(open, s), 1, issuer.closed(model, s, sight, occasion), scores);
    }

    /** What the network reads of a state. */
    float[] features(SeriesState s) {
        Features read = Objects.requireNonNull(features, "there is no network");
        float[] x = new float[read.size()];
        read.write(s, outlook.sight(firstModel(), s), read.past(s, 0), 0, x);
        return x;
    }

    SeriesCodec seriesCodec() {
        return new SeriesCodec(layout, fingerprint);
    }

    private void closeOne(Model model, SeriesState s, OpenState.@Nullable Slot slot) {
        closeOne(model, s, slot, null, new ArrayList<>());
    }

    private void closeOne(
            Model model,
            SeriesState s,
            OpenState.@Nullable Slot slot,
            Issuer.@Nullable Occasion occasion,
            List<Score> scores) {
        if (slot == null && settings.missing() != Missing.ZERO) {
            steps.advanceSilent(model, s);
            return;
        }
        double y = slot == null ? 0 : slot.result(settings.buckets().aggregate());
        if (slot != null && slot.censored()) {
            steps.closeAtLeast(model, s, y);
            return;
        }
        List<Score.Matured> matured = occasion == null ? List.of() : scoring.matured(s, y);
        if (occasion != null && !matured.isEmpty()) {
            scores.add(score(s, y, occasion, matured));
        }
        steps.close(model, s, y);
    }

    private Score score(SeriesState s, double y, Issuer.Occasion occasion, List<Score.Matured> matured) {
        Buckets buckets = settings.buckets();
        return new Score(
                occasion.key(),
                settings.pipeline(),
                buckets.isNone() ? s.time : buckets.start(s.next),
                y,
                occasion.source().timestamp(),
                buckets.text(),
                occasion.source(),
                settings.kind() == TargetKind.COUNT,
                List.copyOf(matured));
    }

    /** A copy to work on. Forecasts issued under other shown levels teach on, but are reported no more. */
    private SeriesState working(String key, @Nullable SeriesState series, long base) {
        float[] levels = issuer.levels();
        if (series == null) {
            return steps.birth(key, base, levels);
        }
        SeriesState s = steps.meet(key, series);
        if (!Arrays.equals(levels, s.levels)) {
            layout.forgetShown(s.numbers);
            System.arraycopy(levels, 0, s.levels, 0, levels.length);
        }
        return s;
    }

    /** The model as this key sees it. */
    private Model own(Model model, String key) {
        return model.of(settings.kinship(), key);
    }
}
