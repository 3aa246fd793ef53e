package dev.tidecast.exam;

import dev.tidecast.backtest.Tutor;
import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.series.Observation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the model an exam is sat with, from what lies before the part that is judged. */
public interface Teacher {
    Model teach(Forecaster forecaster, Map<String, List<Observation>> histories, long seed);

    /** The same where lessons go on during the exam. */
    default Teacher before(Lessons lessons) {
        return this;
    }

    /**
     * Who goes on from a model while the exam is streamed; null for nobody.
     *
     * @param whole all observations: the tutor reads none that has not closed when it is asked
     */
    default @Nullable Tutor tutor(
            Forecaster forecaster, Model model, Map<String, List<Observation>> whole, Lessons lessons, long seed) {
        return null;
    }

    /** No lesson: the experts as they are before anything is learned. */
    static Teacher none() {
        return (forecaster, histories, seed) -> forecaster.firstModel();
    }
}
