package dev.tidecast.stream;

import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.answer.Score;
import dev.tidecast.forecast.answer.Trigger;
import dev.tidecast.forecast.fold.Answer;
import dev.tidecast.forecast.fold.Closing;
import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.forecast.fold.Setback;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.metrics.PipelineMeters;
import dev.tidecast.pipeline.Pipeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all tasks of a forecaster share, and the counting of what they have sent. */
record Serving(Pipeline pipeline, Forecaster forecaster, Model model, PipelineMeters meters, Outputs outputs) {
    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

    /** Counts an answer whose records have been sent. */
    void count(Answer answer) {
        answer.closings().forEach(this::count);
        if (answer.forecast() != null) {
            count(answer.forecast());
        }
        answer.setbacks().forEach(this::count);
        if (answer.late() != null) {
            meters.lateEvent();
        }
        if (answer.failure() == null) {
            meters.event(answer.late() == null ? "ok" : "late");
        }
    }

    private void count(Closing closing) {
        meters.bucketsClosed(closing.buckets());
        for (Score score : closing.scores()) {
            for (Score.Matured m : score.matured()) {
                meters.score(m.h(), m.absoluteError(), m.seasonalNaive(), m.covered());
            }
        }
        if (closing.forecast() != null) {
            count(closing.forecast());
        }
    }

    private void count(Forecast forecast) {
        meters.forecast(forecast.trigger() == Trigger.EVENT ? "event" : "close");
        if (forecast.stale()) {
            meters.staleForecast();
        }
    }

    private void count(Setback setback) {
        if (setback.kind() == Setback.Kind.CORRUPT) {
            meters.corruptState();
            LOG.warn(
                    "{}: the stored state of {} cannot be read and starts again: {}",
                    pipeline.name(),
                    setback.key(),
                    setback.why());
            return;
        }
        meters.failedClose();
        LOG.warn(
                "{}: the buckets of {} could not be closed, attempt {}; its state stays as it was",
                pipeline.name(),
                setback.key(),
                setback.attempt(),
                setback.cause());
    }
}
