package dev.tidecast.stream;

import dev.tidecast.forecast.fold.Answer;
import dev.tidecast.forecast.fold.PartitionFold;
import dev.tidecast.forecast.fold.Stores;
import dev.tidecast.pipeline.Forecasters;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The second operator: hands each observation to the fold of its partition and sends on what comes out. Called by the
 * task's stream thread alone. Kafka Streams may call {@code init} again on the same object after a failure: everything
 * that belongs to one life of the task is in {@link Task}, and nothing else is kept between two events.
 */
final class ForecastProcessor implements Processor<byte[], Arrival, byte[], byte[]> {
    private final Serving serving;
    private final WatermarkWatch watch;
    private @Nullable Task task;

    /** What a task works with from `init` to `close`. */
    private record Task(ProcessorContext<byte[], byte[]> context, PartitionFold fold) {}

    ForecastProcessor(Serving serving) {
        this.serving = serving;
        this.watch = new WatermarkWatch(serving.pipeline(), serving.meters());
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        Stores stores = new Stores(
                store(context, Names.OPEN_STORE),
                store(context, Names.SERIES_STORE),
                store(context, Names.CLOCK_STORE));
        task = new Task(
                context,
                new PartitionFold(
                        serving.forecaster(), serving.model(), stores, Forecasters.sources(serving.pipeline())));
    }

    private StreamStore store(ProcessorContext<byte[], byte[]> context, String name) {
        return new StreamStore(
                context.getStateStore(name), size -> serving.meters().stateWritten(name, size));
    }

    @Override
    public void process(Record<byte[], Arrival> record) {
        Task here = task;
        if (here == null) {
            throw new IllegalStateException("used before init");
        }
        long started = System.nanoTime();
        Answer answer = here.fold.observe(record.value().observation());
        send(here.context, record, answer);
        watch.see(here.context.taskId().toString(), here.fold.watermark());
        serving.meters().processed(System.nanoTime() - started);
        if (answer.failure() != null) {
            // Nothing of the event was kept. The handler makes it a dead letter, with the bytes that only it can see.
            throw answer.failure();
        }
    }

    // The stores hold the event by now: a failure here must undo the transaction, and never pass for the event's fault.
    private void send(ProcessorContext<byte[], byte[]> context, Record<byte[], Arrival> record, Answer answer) {
        try {
            for (Outputs.Outgoing out : serving.outputs().of(record, answer)) {
                context.forward(new Record<>(out.key(), out.value(), record.timestamp(), out.headers()), out.sink());
                if (out.reason() != null) {
                    serving.meters().deadLetter(out.reason().name());
                }
            }
            serving.count(answer);
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StreamsException("the outputs of an event could not be sent: " + e, e);
        }
    }

    @Override
    public void close() {
        Task here = task;
        if (here != null) {
            watch.forget(here.context.taskId().toString());
        }
        task = null;
    }
}
