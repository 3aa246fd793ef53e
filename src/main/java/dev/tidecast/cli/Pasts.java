package dev.tidecast.cli;

import dev.tidecast.backtest.Rows;
import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.forecast.model.TrainingSpan;
import dev.tidecast.series.Buckets;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The observations of a data file by key, each key's in the order of event time; what the forecaster cannot take is counted. */
final class Pasts {
    private final Forecaster forecaster;
    private final SortedMap<String, List<Observation>> keys = new TreeMap<>();
    private long rows;
    private long passedOver;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    Pasts(Forecaster forecaster) {
        this.forecaster = forecaster;
    }

    void read(Rows from) {
        while (from.next()) {
            if (forecaster.accepts(from.value())) {
                Source source = new Source("file", 0, rows, from.time());
                keys.computeIfAbsent(from.key(), key -> new ArrayList<>())
                        .add(new Observation(
                                from.key(), from.time(), from.value(), from.time(), source, from.censored()));
            } else {
                passedOver++;
            }
            first = Math.min(first, from.time());
            last = Math.max(last, from.time());
            rows++;
        }
        for (List<Observation> observations : keys.values()) {
            observations.sort(Comparator.comparingLong(Observation::time));
        }
    }

    /** Forgets what lies at or after a moment, and keys that have nothing before it. */
    void keepBefore(long moment) {
        keys.values().forEach(observations -> observations.removeIf(o -> o.time() >= moment));
        keys.values().removeIf(List::isEmpty);
    }

    /** The span of what is kept, in whole buckets; null where there is nothing. */
    @Nullable
    TrainingSpan span() {
        if (keys.isEmpty()) {
            return null;
        }
        Buckets buckets = forecaster.settings().buckets();
        long from = Long.MAX_VALUE;
        long until = Long.MIN_VALUE;
        for (List<Observation> observations : keys.values()) {
            from = Math.min(from, buckets.index(observations.get(0).time()));
            until = Math.max(
                    until,
                    buckets.index(observations.get(observations.size() - 1).time()));
        }
        return new TrainingSpan(buckets.start(from), buckets.end(until), keys.size());
    }

    /** Histories that are in order already. */
    void take(SortedMap<String, List<Observation>> histories) {
        keys.putAll(histories);
        histories.values().forEach(observations -> rows += observations.size());
    }

    SortedMap<String, List<Observation>> keys() {
        return keys;
    }

    /** The earliest time of all rows. */
    long first() {
        return first;
    }

    /** The latest time of all rows. */
    long last() {
        return last;
    }

    long rows() {
        return rows;
    }

    long passedOver() {
        return passedOver;
    }
}
