package dev.tidecast.pipeline;

import dev.tidecast.forecast.spec.Emit;
import dev.tidecast.forecast.spec.Kinship;
import dev.tidecast.forecast.spec.Missing;
import dev.tidecast.forecast.spec.Output;
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
 * @param model the network asked for; null: the experts alone
 */
public record Pipeline(
        String name,
        Connections connections,
        Inputs inputs,
        Time time,
        Output output,
        @Nullable ModelSpec model) {
    /**
     * What it is connected to: brokers, the topics it writes to, the address it answers on.
     *
     * @param kafka client properties as they are handed to Kafka; may hold secrets, see {@link #shownKafka}
     * @param topics names that differ from {@code <pipeline>.<kind>}
     */
    public record Connections(Map<String, String> kafka, Map<Kind, String> topics, HttpSpec http) {
        public Connections {
            kafka = Map.copyOf(kafka);
            topics = Map.copyOf(topics);
        }

        Map<String, String> shownKafka() {
            Map<String, String> shown = new TreeMap<>();
            kafka.forEach((name, value) -> shown.put(name, Section.isSecret(name) ? "***" : value));
            return shown;
        }

        @Override
        public String toString() {
            return "kafka " + shownKafka() + ", topics " + topics + ", " + http;
        }
    }

    /**
     * What it reads.
     *
     * @param target which values an event can have, and so a forecast
     * @param known what is known in advance of the steps; null: nothing
     */
    public record Inputs(
            SourceSpec source, Target target, @Nullable KnownSpec known) {}

    /**
     * How event time is cut into steps, and which observations still count.
     *
     * @param seasons steps per season, ascending; 1: none
     * @param maxFuture how far ahead of the wall clock an event time may be; null: no guard
     */
    public record Time(
            Buckets buckets,
            int[] seasons,
            Late late,
            Missing missing,
            @Nullable Duration maxFuture) {}

    public Map<String, String> kafka() {
        return connections.kafka;
    }

    public HttpSpec http() {
        return connections.http;
    }

    public SourceSpec source() {
        return inputs.source;
    }

    public Target target() {
        return inputs.target;
    }

    public @Nullable KnownSpec known() {
        return inputs.known;
    }

    public Buckets buckets() {
        return time.buckets;
    }

    public int[] seasons() {
        return time.seasons;
    }

    public Late late() {
        return time.late;
    }

    public Missing missing() {
        return time.missing;
    }

    public @Nullable Duration maxFuture() {
        return time.maxFuture;
    }

    public int horizon() {
        return output.horizon();
    }

    public double[] quantiles() {
        return output.quantiles();
    }

    public boolean totals() {
        return output.totals();
    }

    public Emit emit() {
        return output.emit();
    }

    /** The topic of a kind. */
    public String topic(Kind kind) {
        return connections.topics.getOrDefault(kind, name + "." + kind.word());
    }

    /** The column of a data file that says what the field of an event does: a value is the least it can have been. */
    public @Nullable String censoredColumn() {
        JsonPath censored = source().censored();
        return censored != null ? censored.last() : target().kind().canRunOut() ? "censored" : null;
    }

    /** The length of a step as text: "P1D", "none". */
    public String step() {
        return buckets().text();
    }

    /** The zone whose days and weeks the buckets are: "Europe/Prague"; "UTC" for shorter ones. */
    public String zone() {
        return buckets().zone().equals(ZoneOffset.UTC)
                ? "UTC"
                : buckets().zone().getId();
    }

    /** The same pipeline with these client properties over those of the file. */
    public Pipeline withKafka(Map<String, String> over) {
        Map<String, String> merged = new LinkedHashMap<>(kafka());
        merged.putAll(over);
        Connections other = new Connections(merged, connections.topics, http());
        return new Pipeline(name, other, inputs, time, output, model);
    }

    /** The same pipeline with another network. */
    public Pipeline withModel(ModelSpec other) {
        return new Pipeline(name, connections, inputs, time, output, other);
    }

    /**
     * The same pipeline with what this file knows in advance, in the columns that it has named if it has.
     *
     * @throws PipelineException with everything that is wrong in the file
     */
    public Pipeline withKnown(Path file) {
        KnownSpec before = known();
        return withKnown(before == null ? KnownSpec.all(file, buckets()) : before.from(file, buckets()));
    }

    /** The same pipeline with other things known in advance, or nothing. */
    public Pipeline withKnown(@Nullable KnownSpec ahead) {
        return with(new Inputs(source(), target(), ahead));
    }

    /** The same pipeline with other series alike. */
    public Pipeline withAttributes(Kinship other) {
        return with(new Inputs(source().with(other), target(), known()));
    }

    private Pipeline with(Inputs other) {
        return new Pipeline(name, connections, other, time, output, model);
    }

    /** The client properties in order of name, secrets masked: the only form of them that is ever shown. */
    public Map<String, String> shownKafka() {
        return connections.shownKafka();
    }

    @Override
    public String toString() {
        return "pipeline " + name + " on " + source().topic() + ", kafka " + shownKafka();
    }
}
