package dev.tidecast.pipeline;

import dev.tidecast.forecast.spec.Emit;
import dev.tidecast.forecast.spec.Missing;
import dev.tidecast.forecast.spec.Output;
import dev.tidecast.forecast.spec.Seasons;
import dev.tidecast.forecast.spec.Target;
import dev.tidecast.forecast.spec.Usual;
import dev.tidecast.series.Aggregate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a pipeline file into a {@link Pipeline}, or throws everything that is wrong in it, line by line. */
public final class PipelineReader {
    private static final Duration MAX_FUTURE = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final int LONGEST_HORIZON = 400;
    private static final int MOST_SEASONS = 3;

    /** Topics that are planned: a file that names one is told so. */
    private static final List<String> LATER_KINDS =
            List.of("status", "samples", "models", "ticks", "alerts", "control");

    private static final String KNOWN_KINDS =
            "known are " + Arrays.stream(Kind.values()).map(Kind::word).collect(Collectors.joining(", "));

    private final Problems problems;
    private final Section top;
    private final Path folder;

    private PipelineReader(Section top, Problems problems, Path folder) {
        this.top = top;
        this.problems = problems;
        this.folder = folder;
    }

    /** Reads a file; {@code ${env:...}} is filled in from the environment of this process. */
    public static Pipeline read(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            return read(file.toString(), Files.readAllBytes(file), System::getenv, folder == null ? file : folder);
        } catch (IOException e) {
            String what = Files.exists(file) ? "cannot be read" : "there is no such file";
            throw new PipelineException(List.of(new Problem(file.toString(), 0, what, null, null)));
        }
    }

    /** Reads bytes that stand for a file of this name, with an environment of the caller's. */
    public static Pipeline read(
            String fileName, byte[] yaml, UnaryOperator<@Nullable String> environment, Path folder) {
        Problems problems = new Problems(fileName);
        Tree.Fields tree = TreeReader.read(yaml, problems);
        Section top = new Section("", tree, problems, new Substitution(environment, folder));
        Pipeline pipeline = new PipelineReader(top, problems, folder).pipeline();
        problems.throwIfAny();
        if (pipeline == null) {
            throw new IllegalStateException("a file without problems is a pipeline");
        }
        return pipeline;
    }

    private @Nullable Pipeline pipeline() {
        String name = top.required("pipeline", Form.PIPELINE_NAME);
        Map<String, String> kafka = kafka();
        SourceSpec source = new SourceReader(top).source();
        Target target = new TargetReader(top).target();
        new SourceReader(top).checkCensored(source, target);
        BucketReader.Cut cut = new BucketReader(top).cut(target.kind());
        Integer horizon = top.required("horizon", Form.whole(1, LONGEST_HORIZON));
        double[] quantiles = quantiles();
        Late late = new LateReader(top).late(cut);
        Missing missing = top.optional("missing", Form.word(Missing.class), usualMissing(target, cut));
        int[] seasons = seasons(cut);
        boolean totals = totals(target, cut);
        KnownSpec known = new KnownReader(top, folder, problems).known(cut.buckets());
        Duration maxFuture = maxFuture();
        Emit emit = emit();
        ModelSpec model = new ModelReader(top, folder).model();
        top.notBuilt("learn", "take it out");
        Map<Kind, String> topics = topics();
        HttpSpec http = http();
        top.close();
        if (name == null || source == null || cut.buckets() == null || horizon == null) {
            return null;
        }
        return new Pipeline(
                name,
                new Pipeline.Connections(kafka, topics, http),
                new Pipeline.Inputs(source, target, known),
                new Pipeline.Time(cut.buckets(), seasons, late, missing, maxFuture),
                new Output(horizon, quantiles, totals, emit),
                model);
    }

    private static Missing usualMissing(Target target, BucketReader.Cut cut) {
        return Usual.missing(
                target.kind(), cut.buckets() == null ? null : cut.buckets().aggregate());
    }

    private Map<String, String> kafka() {
        Section section = top.section("kafka", "bootstrap.servers: \"host:9092\"");
        if (section == null) {
            return Map.of();
        }
        for (String owned : List.of("application.id", "group.id", "key.deserializer", "value.deserializer")) {
            if (section.names().contains(owned)) {
                section.wrong(owned, "is set by tidecast itself: take the line out");
            }
        }
        return section.texts();
    }

    private double[] quantiles() {
        Form<Double> level = Form.number("a number from 0.01 to 0.99", q -> q >= 0.01 && q <= 0.99);
        List<Double> read = top.list("quantiles", level);
        if (read == null) {
            return Output.usualQuantiles();
        }
        boolean fits = read.size() <= Output.MOST_QUANTILES;
        if (!fits) {
            top.wrong("quantiles", "has more than " + Output.MOST_QUANTILES + " levels");
        }
        for (int i = 1; i < read.size(); i++) {
            if (read.get(i) <= read.get(i - 1)) {
                top.wrong("quantiles", "must ascend: " + read.get(i) + " follows " + read.get(i - 1));
                fits = false;
            }
        }
        return fits ? read.stream().mapToDouble(Double::doubleValue).toArray() : Output.usualQuantiles();
    }

    private boolean totals(Target target, BucketReader.Cut cut) {
        boolean totals = top.optional("totals", Form.word(Map.of("false", false, "true", true)), false);
        boolean sums = cut.buckets() != null && cut.buckets().aggregate() == Aggregate.SUM;
        if (totals && (!target.kind().adds() || !sums)) {
            top.wrong("totals", "needs values that add up: bucket.aggregate sum, target.kind count, nonneg or real");
            return false;
        }
        return totals;
    }

    private int[] seasons(BucketReader.Cut cut) {
        List<Integer> read = top.list("season", Form.whole(1, Seasons.LONGEST));
        if (read == null) {
            return cut.seasons();
        }
        if (read.size() > MOST_SEASONS) {
            top.wrong("season", "has more than " + MOST_SEASONS + " seasons");
        }
        for (int i = 1; i < read.size(); i++) {
            if (read.get(i) <= read.get(i - 1) || read.get(0) == 1) {
                top.wrong("season", "must ascend from 2 or more: " + read.get(i) + " follows " + read.get(i - 1));
                return cut.seasons();
            }
        }
        return read.stream().mapToInt(Integer::intValue).limit(MOST_SEASONS).toArray();
    }

    private @Nullable Duration maxFuture() {
        Form<Duration> guard = Times.duration(Duration.ZERO, LONGEST);
        Form<Duration> form = new Form<>(
                guard.must() + " or none",
                text -> text.equals("none") ? LONGEST.plusDays(1) : guard.read().apply(text),
                guard.meant());
        Duration read = top.optional("max_future", form, MAX_FUTURE);
        return read.compareTo(LONGEST) > 0 ? null : read;
    }

    private Emit emit() {
        Section section = top.section("emit", "on: event");
        if (section == null) {
            return Emit.EVENT;
        }
        Emit on = section.optional("on", Form.word(Emit.class), Emit.EVENT);
        section.close();
        return on;
    }

    private Map<Kind, String> topics() {
        Map<Kind, String> topics = new EnumMap<>(Kind.class);
        Section section = top.section("topics", "forecasts: ...");
        if (section == null) {
            return topics;
        }
        Map<String, Kind> users = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            String topic = section.optional(kind.word(), Form.TOPIC);
            if (topic != null) {
                topics.put(kind, topic);
                Kind other = users.put(topic, kind);
                if (other != null) {
                    section.wrong(kind.word(), "is the same topic as " + other.word() + ": each kind needs its own");
                }
            }
        }
        LATER_KINDS.forEach(kind -> section.notBuilt(kind, KNOWN_KINDS));
        section.close();
        return topics;
    }

    private HttpSpec http() {
        Section section = top.section("http", "port: 8080");
        if (section == null) {
            return HttpSpec.DEFAULT;
        }
        Form<String> host = Form.text("must be a host name or an address", text -> text.matches("[\\w.:-]{1,253}"));
        HttpSpec http = new HttpSpec(
                section.optional("host", host, HttpSpec.DEFAULT.host()),
                section.optional("port", Form.whole(0, 65535), HttpSpec.DEFAULT.port()));
        section.close();
        return http;
    }
}
