package dev.tidecast.backtest;

import dev.tidecast.forecast.model.TrainingSpan;
import dev.tidecast.text.JsonBytes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which forecasts of a run are scored: those from a moment on. What a model was trained on is left out unless everything is
 * asked for. The verb {@code backtest} makes one before the run; the table, the JSON and the page tell it.
 *
 * @param from the first origin that is scored, {@link #ALL} for every origin
 * @param asked what was asked for, {@link #ALL} for nothing
 * @param trained what the model was trained on, if that overlaps with the data
 */
public record Scope(long from, long asked, @Nullable TrainingSpan trained) {
    /** Before every moment. */
    public static final long ALL = Long.MIN_VALUE;

    /** Everything, of a model that has seen nothing of it. */
    public static Scope everything() {
        return new Scope(ALL, ALL, null);
    }

    /**
     * What is asked for, without what the model was trained on.
     *
     * @param first the time of the first row
     */
    public static Scope unseen(long asked, @Nullable TrainingSpan trained, long first) {
        return trained == null || trained.until() <= first
                ? new Scope(asked, asked, null)
                : new Scope(Math.max(asked, trained.until()), asked, trained);
    }

    /** What is asked for, be it seen in training or not. */
    public static Scope seenToo(long asked, @Nullable TrainingSpan trained, long first) {
        return new Scope(asked, asked, unseen(asked, trained, first).trained);
    }

    /** Whether forecasts are scored that speak of what the model was trained on. */
    public boolean seenInTraining() {
        return trained != null && from < trained.until();
    }

    /** In a sentence; empty if everything is scored and nothing of it was seen in training. */
    public String text() {
        String scored = "scored are the forecasts from " + Instant.ofEpochMilli(from) + " on";
        if (trained == null) {
            return from == ALL ? "" : scored;
        }
        String until = "the model was trained on data until " + Instant.ofEpochMilli(trained.until());
        if (seenInTraining()) {
            return until + ", and forecasts of that data are scored too: the figures look better than they are";
        }
        boolean moved = asked != ALL && asked < from;
        return until + ": " + scored + (moved ? ", not from " + Instant.ofEpochMilli(asked) + " on" : "");
    }

    /** Adds its fields to an object that is open. */
    public void write(JsonBytes json) {
        json.raw("\"trained_until\":");
        moment(json, trained == null ? ALL : trained.until());
        json.raw(",\"scored_from\":");
        moment(json, from);
        json.raw(",\"seen_in_training\":").raw(Boolean.toString(seenInTraining()));
    }

    private static void moment(JsonBytes json, long moment) {
        if (moment == ALL) {
            json.raw("null");
        } else {
            json.instant(moment);
        }
    }
}
