package dev.tidecast.forecast.close;

import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.forecast.fold.Shop;
import dev.tidecast.forecast.state.SeriesState;
import java.util.Objects;

/** What the network reads of a kept state. */
final class Reading {
    private Reading() {}

    static float[] features(Forecaster forecaster, SeriesState kept) {
        Parts parts = Shop.parts(forecaster);
        Features features = Objects.requireNonNull(parts.features);
        LiveState s = new LiveState(parts, kept, null);
        float[] x = new float[features.size()];
        features.write(s, s.experts(), features.past(s, 0), 0, x);
        return x;
    }
}
