package dev.tidecast.cli;

import dev.tidecast.backtest.Rows;
import dev.tidecast.forecast.Forecaster;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The observations of a data file by key, each key's in the order of event time; what the forecaster cannot take is counted. */
final class Pasts {
    private final Forecaster forecaster;
    private final SortedMap<String, List<Observation>> keys = new TreeMap<>();
    private long rows;
    private long passedOver;

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
            rows++;
        }
        for (List<Observation> observations : keys.values()) {
            observations.sort(Comparator.comparingLong(Observation::time));
        }
    }

    /** Histories that are in order already. */
    void take(SortedMap<String, List<Observation>> histories) {
        keys.putAll(histories);
        histories.values().forEach(observations -> rows += observations.size());
    }

    SortedMap<String, List<Observation>> keys() {
        return keys;
    }

    long rows() {
        return rows;
    }

    long passedOver() {
        return passedOver;
    }
}
