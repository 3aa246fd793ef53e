package dev.tidecast.forecast.fold;

import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.series.Aggregate;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.time.Instant;

/**
 * The forecaster for programs that embed it: all keys in memory, without Kafka and without a pipeline file.
 *
 * <pre>
 *   Fold fold = Fold.inMemory(Settings.days("demand", ZoneId.of("Europe/Prague")).count().horizon(28).build());
 *   Answer answer = fold.observe("store=12/sku=A-77", Instant.parse("2026-11-20T09:14:02Z"), 3);
 *   double tomorrow = answer.latest().orElseThrow().quantile(2, .5);
 * </pre>
 *
 * It is the {@link PartitionFold} of the topology over stores in memory, so it gives the same numbers as a pipeline that reads
 * the same observations from one partition. Event time moves by observations alone: a bucket closes when some key has an observation after
 * its end and the grace. {@link #toBytes} keeps the state, and a fold that is made from these bytes gives the same answers, bit for bit, as this
 * one would have given. The source of every forecast names the pipeline and the number of the observation, from 0. Not thread-safe;
 * a {@link Forecaster} and a {@link Model} may be shared by the folds of several threads. docs/embedding.md shows how it is used.
 */
public final class Fold {
    private final Forecaster forecaster;
    private final Stores.Trees stores;
    private final PartitionFold fold;
    private long observations;

    private Fold(Forecaster forecaster, Model model, FoldBytes.Kept kept) {
        this.forecaster = forecaster;
        this.stores = kept.stores();
        this.observations = kept.observations();
        this.fold = new PartitionFold(forecaster, model, stores.asStores(), Sources.ONE);
    }

    /** One that has observed nothing, in which the experts forecast alone. */
    public static Fold inMemory(Settings settings) {
        Forecaster forecaster = new Forecaster(settings);
        return inMemory(forecaster, forecaster.firstModel());
    }

    /** One that goes on from kept bytes, in which the experts forecast alone; see {@link #inMemory(Forecaster, Model, byte[])}. */
    public static Fold inMemory(Settings settings, byte[] state) {
        Forecaster forecaster = new Forecaster(settings);
        return inMemory(forecaster, forecaster.firstModel(), state);
    }

    /**
     * One that has observed nothing, with a trained model.
     *
     * @param model what {@code ModelBytes.read(forecaster.modelShape(), bytes)} gives
     */
    public static Fold inMemory(Forecaster forecaster, Model model) {
        return new Fold(forecaster, model, new FoldBytes.Kept(0, new Stores.Trees()));
    }

    /**
     * One that goes on where another was kept by {@link #toBytes}. The model may be another one than before.
     *
     * @throws CorruptStateException if the bytes are damaged
     * @throws NewerFormatException if a newer version wrote them
     * @throws OtherShapeException if they were written under settings of another shape ({@link Settings#fingerprint})
     */
    public static Fold inMemory(Forecaster forecaster, Model model, byte[] state) {
        return new Fold(forecaster, model, FoldBytes.read(forecaster, state));
    }

    /**
     * Takes one observation. Late ones change nothing: the answer says so.
     *
     * @param key the series; keys of the form {@code store=12/sku=A-77} have attributes ({@code Kinship})
     * @throws IllegalArgumentException if a target of these settings cannot have the value
     */
    public Answer observe(String key, Instant time, double value) {
        return observe(key, time, value, false);
    }

    /** The same for a value that is only the least it can have been: the item was sold out. */
    public Answer observeCensored(String key, Instant time, double value) {
        return observe(key, time, value, true);
    }

    /** The state of all keys and of the clock. The same state is always written as the same bytes. */
    public byte[] toBytes() {
        return FoldBytes.write(forecaster, new FoldBytes.Kept(observations, stores));
    }

    private Answer observe(String key, Instant time, double value, boolean censored) {
        Settings settings = forecaster.settings();
        Aggregate aggregate = settings.buckets().aggregate();
        boolean adds = aggregate == Aggregate.SUM || aggregate == Aggregate.COUNT;
        if (!adds && !settings.target().bounds(value)) {
            throw new IllegalArgumentException("the value is outside the bounds of the target: " + value);
        }
        long at = time.toEpochMilli();
        Source source = new Source(settings.pipeline(), 0, observations, at);
        // The clock keeps the latest time of a source, so a time that goes back does not turn it back.
        Answer answer = fold.observe(new Observation(key, at, value, at, source, censored));
        observations++;
        return answer;
    }
}
