package dev.tidecast.learn;

import dev.tidecast.forecast.close.Track;
import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.forecast.fold.Rehearsal;
import dev.tidecast.series.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** What the fold recorded of a key, as a history. */
public record TrackHistory(Track track, String kin) implements History {
    /** All keys' histories, in the order of the keys; each key's observations in the order of their time. */
    public static List<History> of(
            Forecaster forecaster, SortedMap<String, ? extends List<Observation>> keys, Crew crew) {
        List<Map.Entry<String, ? extends List<Observation>>> entries = new ArrayList<>(keys.entrySet());
        Rehearsal rehearsal = new Rehearsal(forecaster);
        History[] histories = new History[entries.size()];
        crew.each(histories.length, k -> {
            Map.Entry<String, ? extends List<Observation>> key = entries.get(k);
            String kin = forecaster.settings().kinship().of(key.getKey());
            histories[k] = new TrackHistory(rehearsal.track(key.getKey(), key.getValue()), kin);
        });
        return List.of(histories);
    }

    @Override
    public int steps() {
        return track.steps();
    }

    @Override
    public void features(int t, int back, float[] x, int at) {
        track.features(t, back, x, at);
    }

    @Override
    public float target(int t, int h) {
        return track.target(t, h);
    }

    @Override
    public long index(int t) {
        return track.index(t);
    }
}
