package dev.tidecast.backtest;

import dev.tidecast.forecast.Forecaster;
import dev.tidecast.forecast.Model;
import dev.tidecast.series.Observation;
import java.util.List;
import java.util.Map;

/** Makes the model an exam is sat with, from what lies before the part that is judged. */
public interface Teacher {
    Model teach(Forecaster forecaster, Map<String, List<Observation>> histories, long seed);

    /** No lesson: the experts as they are before anything is learned. */
    static Teacher none() {
        return (forecaster, histories, seed) -> forecaster.firstModel();
    }
}
