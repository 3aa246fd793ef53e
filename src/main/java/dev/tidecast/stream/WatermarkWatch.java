package dev.tidecast.stream;

import dev.tidecast.forecast.fold.Watermark;
import dev.tidecast.metrics.PipelineMeters;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.series.Buckets;
import dev.tidecast.series.Source;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people when a watermark stands still. The metrics always show how far it is behind. A warning names the source that
 * the buckets wait for when it holds back a whole horizon, and again each time the wait has doubled. The task's thread calls
 * it after every event, so it does nothing while nothing changes.
 */
final class WatermarkWatch {
    private static final Logger LOG = LoggerFactory.getLogger(WatermarkWatch.class);

    private final Pipeline pipeline;
    private final Buckets buckets;
    private final PipelineMeters meters;
    private Watermark last = new Watermark(0, 0, null, 0);
    private long warned;

    WatermarkWatch(Pipeline pipeline, PipelineMeters meters) {
        this.pipeline = pipeline;
        this.buckets = pipeline.buckets();
        this.meters = meters;
    }

    /** The watermark of a task stands here now. */
    void see(String task, Watermark now) {
        if (buckets.isNone() || now.equals(last)) {
            return;
        }
        long millis = now.lag() == 0 ? 0 : buckets.start(now.newest()) - buckets.start(now.due());
        meters.watermark(task, millis / 1e3, now.idle());
        if (now.idle() > last.idle()) {
            LOG.warn(
                    "{}, task {}: buckets no longer wait for source partitions that send nothing while others do: {} of them",
                    pipeline.name(),
                    task,
                    now.idle());
        }
        judge(task, now);
        last = now;
    }

    private void judge(String task, Watermark now) {
        long lag = now.lag();
        Source slowest = now.slowest();
        if (lag < pipeline.horizon() || slowest == null) {
            if (warned > 0) {
                LOG.info("{}, task {}: the watermark moves again", pipeline.name(), task);
            }
            warned = 0;
        } else if (lag >= 2 * warned) {
            warned = lag;
            LOG.warn(
                    "{}, task {}: buckets wait for partition {} of {}, which has come to {} while others stand at {}:"
                            + " forecasts are out of date",
                    pipeline.name(),
                    task,
                    slowest.partition(),
                    slowest.topic(),
                    Instant.ofEpochMilli(buckets.start(now.due())),
                    Instant.ofEpochMilli(buckets.start(now.newest())));
        }
    }

    /** The task is no longer here. */
    void forget(String task) {
        meters.watermarkGone(task);
        last = new Watermark(0, 0, null, 0);
        warned = 0;
    }
}
