package dev.tidecast.pipeline;

import dev.tidecast.forecast.spec.Emit;
import dev.tidecast.forecast.spec.Kinship;
import dev.tidecast.forecast.spec.Missing;
import dev.tidecast.forecast.spec.Target;
import dev.tidecast.series.Buckets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One pipeline file, complete: every default filled in and everything checked. Only {@link PipelineReader} makes one.
 *
 * @param kafka client properties as they are handed to Kafka; may hold secrets, see {@link #shownKafka}
 * @param seasons steps per season, ascending; 1: none
 * @param totals whether the sums up to each step are forecast too
 * @param known what is known in advance of the steps; null: nothing
 * @param maxFuture how far ahead of the wall clock an event time may be; null: no guard
 * @param model the network asked for; null: the experts alone
 * @param topics names that differ from {@code <pipeline>.<kind>}
 */
public record Pipeline(
        String name,
        Map<String, String> kafka,
        SourceSpec source,
        Buckets buckets,
        int horizon,
        double[] quantiles,
        Target target,
        Late late,
        Missing missing,
        int[] seasons,
        boolean totals,
        @Nullable KnownSpec known,
        @Nullable Duration maxFuture,
        Emit emit,
        @Nullable ModelSpec model,
        Map<Kind, String> topics,
        HttpSpec http) {
    public Pipeline {
        kafka = Map.copyOf(kafka);
        topics = Map.copyOf(topics);
    }

    /** The topic of a kind. */
    public String topic(Kind kind) {
        return topics.getOrDefault(kind, name + "." + kind.word());
    }

    /** The column of a data file that says what the field of an event does: a value is the least it can have been. */
    public @Nullable String censoredColumn() {
        JsonPath censored = source.censored();
        return censored != null ? censored.last() : target.kind().canRunOut() ? "censored" : null;
    }

    /** The length of a step as text: "P1D", "none". */
    public String step() {
        return buckets.text();
    }

    /** The zone whose days and weeks the buckets are: "Europe/Prague"; "UTC" for shorter ones. */
    public String zone() {
        return buckets.zone().equals(ZoneOffset.UTC) ? "UTC" : buckets.zone().getId();
    }

    /** The same pipeline with these client properties over those of the file. */
    public Pipeline withKafka(Map<String, String> over) {
        Map<String, String> merged = new LinkedHashMap<>(kafka);
        merged.putAll(over);
        return new Pipeline(
                name, merged, source, buckets, horizon, quantiles, target, late, missing, seasons, totals, known,
                maxFuture, emit, model, topics, http);
    }

    /** The same pipeline with another network. */
    public Pipeline withModel(ModelSpec other) {
        return new Pipeline(
                name, kafka, source, buckets, horizon, quantiles, target, late, missing, seasons, totals, known,
                maxFuture, emit, other, topics, http);
    }

    /**
     * The same pipeline with what this file knows in advance, in the columns that it has named if it has.
     *
     * @throws PipelineException with everything that is wrong in the file
     */
    public Pipeline withKnown(Path file) {
        KnownSpec other = known == null ? KnownSpec.all(file, buckets) : known.from(file, buckets);
        return withKnown(other);
    }

    /** The same pipeline with other series alike. */
    public Pipeline withAttributes(Kinship other) {
        return new Pipeline(
                name,
                kafka,
                source.with(other),
                buckets,
                horizon,
                quantiles,
                target,
                late,
                missing,
                seasons,
                totals,
                known,
                maxFuture,
                emit,
                model,
                topics,
                http);
    }

    /** The same pipeline with other things known in advance, or nothing. */
    public Pipeline withKnown(@Nullable KnownSpec ahead) {
        return new Pipeline(
                name, kafka, source, buckets, horizon, quantiles, target, late, missing, seasons, totals, ahead,
                maxFuture, emit, model, topics, http);
    }

    /** The client properties in order of name, secrets masked: the only form of them that is ever shown. */
    public Map<String, String> shownKafka() {
        Map<String, String> shown = new TreeMap<>();
        kafka.forEach((name, value) -> shown.put(name, Section.isSecret(name) ? "***" : value));
        return shown;
    }

    @Override
    public String toString() {
        return "pipeline " + name + " on " + source.topic() + ", kafka " + shownKafka();
    }
}
