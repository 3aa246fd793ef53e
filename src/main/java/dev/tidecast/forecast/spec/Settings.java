package dev.tidecast.forecast.spec;

import dev.tidecast.series.Buckets;
import dev.tidecast.series.Known;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a forecaster needs to know of a pipeline. A {@link SettingsBuilder} makes it, and has the defaults of a pipeline file:
 *
 * <pre>
 *   Settings.days("demand", ZoneId.of("Europe/Prague")).count().horizon(28).build()
 * </pre>
 *
 * @param pipeline its name: every forecast carries it
 * @param net the network, null for the experts alone
 * @param kinship which keys are alike beyond what all keys share
 */
public record Settings(
        String pipeline,
        Target target,
        Steps steps,
        Output output,
        @Nullable NetSpec net,
        Kinship kinship) {
    public Settings {
        if (target.min() > target.max()) {
            throw new IllegalArgumentException("min is above max");
        }
        if (output.totals() && !target.kind().adds()) {
            throw new IllegalArgumentException("only amounts and plain numbers add up to totals");
        }
    }

    /** A step is a day of the calendar of this zone. */
    public static SettingsBuilder days(String pipeline, ZoneId zone) {
        return new SettingsBuilder(pipeline, Period.ofDays(1), zone);
    }

    /** A step is a week of the calendar of this zone, from Monday on. */
    public static SettingsBuilder weeks(String pipeline, ZoneId zone) {
        return new SettingsBuilder(pipeline, Period.ofDays(7), zone);
    }

    /** A step is an hour. */
    public static SettingsBuilder hours(String pipeline) {
        return every(pipeline, Duration.ofHours(1));
    }

    /** A step is a fixed length of time, counted in UTC. */
    public static SettingsBuilder every(String pipeline, Duration size) {
        return new SettingsBuilder(pipeline, size, ZoneOffset.UTC);
    }

    /** Every observation is a step of its own. */
    public static SettingsBuilder eachObservation(String pipeline) {
        return in(pipeline, Buckets.none());
    }

    /** Steps are these buckets, and their values become one number as the buckets say. */
    public static SettingsBuilder in(String pipeline, Buckets buckets) {
        return new SettingsBuilder(pipeline, buckets);
    }

    /** The same settings, to be changed. */
    public SettingsBuilder toBuilder() {
        return new SettingsBuilder(this);
    }

    public Buckets buckets() {
        return steps.buckets();
    }

    public int horizon() {
        return output.horizon();
    }

    public double[] quantiles() {
        return output.quantiles();
    }

    public TargetKind kind() {
        return target.kind();
    }

    public int[] seasons() {
        return steps.seasons();
    }

    /** The shortest season in steps; 1: none. */
    public int season() {
        return steps.seasons()[0];
    }

    public long graceMillis() {
        return steps.graceMillis();
    }

    public Missing missing() {
        return steps.missing();
    }

    public Emit emit() {
        return output.emit();
    }

    public boolean totals() {
        return output.totals();
    }

    /** What is known in advance of the steps; null: nothing. */
    public @Nullable Known known() {
        return steps.known();
    }

    /** Names the shape of what is stored under these settings: states of another fingerprint are refused. */
    public int fingerprint() {
        Known known = known();
        String shape = String.join(
                "|",
                buckets().text(),
                buckets().zone().getId(),
                buckets().aggregate().name(),
                kind().name(),
                Integer.toString(horizon()),
                Arrays.toString(seasons()),
                net == null ? "experts" : net.shape(),
                (totals() ? "totals" : "steps") + (known == null ? "" : "|known " + known.text()));
        CRC32C crc = new CRC32C();
        crc.update(shape.getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }

    /** The same with another rule of when a key answers. */
    public Settings withEmit(Emit other) {
        return toBuilder().emit(other).build();
    }

    /** The same with sums up to each step, or without. */
    public Settings withTotals(boolean wanted) {
        return toBuilder().totals(wanted).build();
    }

    /** The same with this known in advance. */
    public Settings withKnown(@Nullable Known ahead) {
        return toBuilder().known(ahead).build();
    }

    /** The same with keys told apart otherwise. */
    public Settings withKinship(Kinship other) {
        return toBuilder().kinship(other).build();
    }
}
