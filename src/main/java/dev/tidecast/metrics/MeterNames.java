package dev.tidecast.metrics;

import java.util.List;

/** The names of our own meters as the code has them; Prometheus sees dots as underscores and counters as _total. */
public final class MeterNames {
    public static final String EVENTS = "tidecast.events";
    public static final String FORECASTS = "tidecast.forecasts";
    public static final String DEAD_LETTERS = "tidecast.dead.letters";
    public static final String LATE_EVENTS = "tidecast.late.events";
    public static final String BUCKETS_CLOSED = "tidecast.buckets.closed";
    public static final String CORRUPT_STATES = "tidecast.corrupt.states";
    public static final String FAILED_CLOSES = "tidecast.failed.closes";
    public static final String STALE_FORECASTS = "tidecast.stale.forecasts";
    public static final String WATERMARK_LAG = "tidecast.watermark.lag.seconds";
    public static final String IDLE_SOURCES = "tidecast.idle.sources";
    public static final String THREAD_RESTARTS = "tidecast.thread.restarts";
    public static final String FORECAST_TIME = "tidecast.forecast";
    public static final String STATE_BYTES = "tidecast.state.bytes";
    public static final String SCORES = "tidecast.scores";
    public static final String ABSOLUTE_ERROR = "tidecast.absolute.error";
    public static final String NAIVE_ABSOLUTE_ERROR = "tidecast.naive.absolute.error";
    public static final String SKILL = "tidecast.skill.ratio";
    public static final String COVERAGE = "tidecast.interval.coverage.ratio";

    private MeterNames() {}

    /** Every family as Prometheus sees it: what a dashboard may ask for. */
    public static List<String> families() {
        return List.of(
                "tidecast_events_total",
                "tidecast_forecasts_total",
                "tidecast_dead_letters_total",
                "tidecast_late_events_total",
                "tidecast_buckets_closed_total",
                "tidecast_corrupt_states_total",
                "tidecast_failed_closes_total",
                "tidecast_stale_forecasts_total",
                "tidecast_watermark_lag_seconds",
                "tidecast_idle_sources",
                "tidecast_thread_restarts_total",
                "tidecast_forecast_seconds",
                "tidecast_state_bytes",
                "tidecast_scores_total",
                "tidecast_absolute_error_total",
                "tidecast_naive_absolute_error_total",
                "tidecast_skill_ratio",
                "tidecast_interval_coverage_ratio");
    }
}
