package dev.tidecast.forecast.spec;

import dev.tidecast.series.Aggregate;
import dev.tidecast.series.Buckets;
import dev.tidecast.series.Known;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.TemporalAmount;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link Settings}. Only the horizon must be said. All else has the default of a pipeline file (docs/configuration.md):
 * plain numbers, the quantiles 0.1, 0.5 and 0.9, no grace, the experts alone; {@link Seasons} and {@link Usual} say what follows
 * from the length of a step and the kind of number. Whatever is wrong is refused by {@link #build}.
 */
public final class SettingsBuilder {
    private final String pipeline;
    private Buckets buckets;
    private @Nullable Aggregate aggregate;
    private Target target = Target.of(TargetKind.REAL);
    private int @Nullable [] seasons;
    private long graceMillis;
    private @Nullable Missing missing;
    private int horizon;
    private double[] quantiles = Output.usualQuantiles();
    private boolean totals;
    private Emit emit = Emit.EVENT;
    private @Nullable NetSpec net;
    private @Nullable NetBuilder named;
    private @Nullable Known known;
    private Kinship kinship = Kinship.NONE;

    SettingsBuilder(String pipeline, TemporalAmount size, ZoneId zone) {
        this.pipeline = pipeline;
        this.buckets = Buckets.of(size, zone, Aggregate.LAST);
    }

    SettingsBuilder(String pipeline, Buckets buckets) {
        this.pipeline = pipeline;
        this.buckets = buckets;
        this.aggregate = buckets.aggregate();
    }

    SettingsBuilder(Settings from) {
        this(from.pipeline(), from.buckets());
        this.target = from.target();
        this.seasons = from.seasons();
        this.graceMillis = from.graceMillis();
        this.missing = from.missing();
        this.horizon = from.horizon();
        this.quantiles = from.quantiles();
        this.totals = from.totals();
        this.emit = from.emit();
        this.net = from.net();
        this.known = from.known();
        this.kinship = from.kinship();
    }

    /** The values are whole numbers from 0: units sold. */
    public SettingsBuilder count() {
        return kind(TargetKind.COUNT);
    }

    /** The values are amounts from 0: kilowatt hours. */
    public SettingsBuilder nonneg() {
        return kind(TargetKind.NONNEG);
    }

    /** The values are amounts above 0 that move by ratios. */
    public SettingsBuilder positive() {
        return kind(TargetKind.POSITIVE);
    }

    /** The values are any numbers. */
    public SettingsBuilder real() {
        return kind(TargetKind.REAL);
    }

    /** The values are market prices. */
    public SettingsBuilder price() {
        return kind(TargetKind.PRICE);
    }

    /** What kind of number is forecast. */
    public SettingsBuilder kind(TargetKind kind) {
        return target(new Target(kind, target.min(), target.max()));
    }

    /** The smallest and the largest value that a step can have; NaN: no such bound. No forecast is outside of them. */
    public SettingsBuilder bounds(double min, double max) {
        return target(new Target(target.kind(), min, max));
    }

    /** What is forecast, its bounds included. */
    public SettingsBuilder target(Target other) {
        target = other;
        return this;
    }

    /** How the observations of a step become one number. */
    public SettingsBuilder aggregate(Aggregate other) {
        aggregate = other;
        return this;
    }

    /** After how many steps the numbers repeat, ascending; 1: they do not. */
    public SettingsBuilder seasons(int... steps) {
        seasons = steps.clone();
        return this;
    }

    /** How long after its end a step still takes late observations. */
    public SettingsBuilder grace(Duration after) {
        graceMillis = after.toMillis();
        return this;
    }

    /** What a step without observations means. */
    public SettingsBuilder missing(Missing meaning) {
        missing = meaning;
        return this;
    }

    /** How many steps ahead are forecast. */
    public SettingsBuilder horizon(int steps) {
        horizon = steps;
        return this;
    }

    /** The quantiles that are shown, ascending, each between 0 and 1. */
    public SettingsBuilder quantiles(double... levels) {
        quantiles = levels.clone();
        return this;
    }

    /** Whether the sums up to each step are forecast too. */
    public SettingsBuilder totals(boolean wanted) {
        totals = wanted;
        return this;
    }

    /** Whether every observation is answered, or closed steps alone. */
    public SettingsBuilder emit(Emit when) {
        emit = when;
        return this;
    }

    /** A network beside the experts, made for the seasons of these settings. */
    public SettingsBuilder net(NetBuilder network) {
        named = network;
        return this;
    }

    /** This network beside the experts; null: none. */
    public SettingsBuilder net(@Nullable NetSpec network) {
        net = network;
        named = null;
        return this;
    }

    /** What is known in advance of the steps, such as holidays; null: nothing. */
    public SettingsBuilder known(@Nullable Known ahead) {
        known = ahead;
        return this;
    }

    /** Which keys are alike beyond what all keys share. */
    public SettingsBuilder kinship(Kinship other) {
        kinship = other;
        return this;
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException if something is missing or wrong
     */
    public Settings build() {
        TargetKind kind = target.kind();
        Buckets cut = buckets.with(aggregate == null ? Usual.aggregate(kind) : aggregate);
        int[] repeats = seasons == null ? Seasons.of(cut, kind) : seasons;
        Missing empty = missing == null ? Usual.missing(kind, cut.aggregate()) : missing;
        NetSpec network = named == null ? net : named.build(repeats);
        return new Settings(
                pipeline,
                target,
                new Steps(cut, repeats, graceMillis, empty, known),
                new Output(horizon, quantiles, totals, emit),
                network,
                kinship);
    }
}
