package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tidecast.metrics.Meters;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.SerializationExceptionOrigin;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailuresTest {
    private final Pipeline pipeline = Pipelines.recordKey();
    private final Meters meters = new Meters();
    private final Map<String, Object> configuration =
            Map.of(Failures.CONFIG, new Failures(pipeline, meters.pipeline("meters"), 1_048_576));
    private final UnreadableRecords unreadable = new UnreadableRecords();
    private final FailedEvents failed = new FailedEvents();
    private final UnsentRecords unsent = new UnsentRecords();
    private final Place place = new Place();

    @BeforeEach
    void configure() {
        unreadable.configure(configuration);
        failed.configure(configuration);
        unsent.configure(configuration);
    }

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void bytesThatAreNoObservationBecomeADeadLetter() {
        Headers headers = new RecordHeaders().add("trace", new byte[] {1});
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                "meters-by-key-repartition",
                2,
                9,
                77,
                TimestampType.CREATE_TIME,
                0,
                0,
                new byte[] {'k'},
                new byte[] {'v'},
                headers,
                Optional.empty());
        DeserializationExceptionHandler.Response response =
                unreadable.handleError(place, record, new SerializationException("not an observation"));
        assertThat(response.result()).isEqualTo(DeserializationExceptionHandler.Result.RESUME);
        ProducerRecord<byte[], byte[]> letter = only(response.deadLetterQueueRecords());
        assertThat(letter.value()).containsExactly('v');
        assertThat(letter.timestamp()).isEqualTo(77);
        assertThat(letter.headers().lastHeader("trace").value()).containsExactly(1);
        assertThat(Rig.header(letter.headers(), DeadLetter.REASON)).isEqualTo("PROCESSING_ERROR");
        assertThat(Rig.header(letter.headers(), DeadLetter.PARTITION)).isEqualTo("2");
        assertThat(Rig.header(letter.headers(), DeadLetter.STACK_TRACE)).contains("SerializationException");
        assertThat(meters.scrape()).contains("tidecast_events_total{pipeline=\"meters\",result=\"dead\"} 1.0");
    }

    @Test
    void anObservationOfANewerVersionStopsTheTask() {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("t", 0, 0, new byte[0], new byte[0]);
        assertThat(unreadable
                        .handleError(place, record, new ArrivalSerde.NewerArrivalException(2))
                        .result())
                .isEqualTo(DeserializationExceptionHandler.Result.FAIL);
        assertThat(failed.handleError(place, null, new StreamsException(new ArrivalSerde.NewerArrivalException(2)))
                        .result())
                .isEqualTo(ProcessingExceptionHandler.Result.FAIL);
    }

    @Test
    void anEventTheFoldFailsOnBecomesTheDeadLetterOfItsOwnRecord() {
        Observation observation = new Observation("k", 1, 2, 3, new Source("readings", 4, 55, 66));
        Arrival arrival = new Arrival(observation, new byte[] {'o'}, new byte[] {'v'});
        ProcessingExceptionHandler.Response response = failed.handleError(
                place, new Record<>(new byte[] {'k'}, arrival, 66), new IllegalStateException("negative variance"));
        assertThat(response.result()).isEqualTo(ProcessingExceptionHandler.Result.RESUME);
        ProducerRecord<byte[], byte[]> letter = only(response.deadLetterQueueRecords());
        assertThat(letter.key()).containsExactly('o');
        assertThat(letter.value()).containsExactly('v');
        assertThat(Rig.header(letter.headers(), DeadLetter.OFFSET)).isEqualTo("55");
        assertThat(Rig.header(letter.headers(), DeadLetter.DETAIL)).contains("negative variance");
    }

    @Test
    void withoutTheOriginalTheRecordAtHandIsKept() {
        ProcessingExceptionHandler.Response response = failed.handleError(place, null, new IllegalStateException("x"));
        ProducerRecord<byte[], byte[]> letter = only(response.deadLetterQueueRecords());
        assertThat(letter.key()).isEqualTo(place.sourceRawKey());
        assertThat(letter.value()).isEqualTo(place.sourceRawValue());
        assertThat(Rig.header(letter.headers(), DeadLetter.OFFSET)).isEqualTo("34");
    }

    @Test
    void aStoreOrABrokerInTroubleIsNoFaultOfTheEvent() {
        for (Exception failure : List.of(new StreamsException("disk full"), new KafkaException("fenced"))) {
            assertThat(failed.handleError(place, null, failure).result())
                    .isEqualTo(ProcessingExceptionHandler.Result.FAIL);
        }
    }

    @Test
    void aForecastTooLargeToWriteLeavesADeadLetterWithItsBeginningAndItsSource() {
        byte[] large = new byte[200_000];
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("meters.forecasts", new byte[] {'k'}, large);
        ProductionExceptionHandler.Response response =
                unsent.handleError(place, record, new RecordTooLargeException("1 MB"));
        assertThat(response.result()).isEqualTo(ProductionExceptionHandler.Result.RESUME);
        ProducerRecord<byte[], byte[]> letter = only(response.deadLetterQueueRecords());
        assertThat(letter.topic()).isEqualTo("meters.dlq");
        assertThat(letter.value()).hasSize(65_536);
        assertThat(Rig.header(letter.headers(), DeadLetter.TRUNCATED)).contains("200000");
        assertThat(Rig.header(letter.headers(), DeadLetter.REASON)).isEqualTo("PRODUCTION_ERROR");
        assertThat(Rig.header(letter.headers(), DeadLetter.OFFSET)).isEqualTo("34");
    }

    @Test
    void insideATransactionATooLargeRecordStopsTheThread() {
        Map<String, Object> exactlyOnce = new HashMap<>(configuration);
        exactlyOnce.put("processing.guarantee", "exactly_once_v2");
        unsent.configure(exactlyOnce);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("meters.forecasts", new byte[0], new byte[9]);
        assertThat(unsent.handleError(place, record, new RecordTooLargeException())
                        .result())
                .isEqualTo(ProductionExceptionHandler.Result.FAIL);
    }

    @Test
    void aDeadLetterOrAChangelogRecordIsNeverReplaced() {
        for (String topic : List.of("meters.dlq", "meters-series-changelog", "meters-by-key-repartition")) {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, new byte[0], new byte[0]);
            assertThat(unsent.handleError(place, record, new RecordTooLargeException())
                            .result())
                    .isEqualTo(ProductionExceptionHandler.Result.FAIL);
        }
    }

    @Test
    void missingRightsStopTheThreadAndTimeoutsAreRetried() {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("meters.forecasts", new byte[0], new byte[0]);
        assertThat(unsent.handleError(place, record, new TopicAuthorizationException("no"))
                        .result())
                .isEqualTo(ProductionExceptionHandler.Result.FAIL);
        assertThat(unsent.handleError(place, record, new TimeoutException()).result())
                .isEqualTo(ProductionExceptionHandler.Result.RETRY);
        assertThat(unsent.handleSerializationError(
                                place, record, new SerializationException("x"), SerializationExceptionOrigin.KEY)
                        .result())
                .isEqualTo(ProductionExceptionHandler.Result.FAIL);
    }

    @Test
    void aHandlerSaysWhatItLacks() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FailedEvents().configure(Map.of()))
                .withMessageContaining(Failures.CONFIG);
    }

    private static ProducerRecord<byte[], byte[]> only(List<ProducerRecord<byte[], byte[]>> letters) {
        assertThat(letters).hasSize(1);
        assertThat(Rig.header(letters.get(0).headers(), DeadLetter.PIPELINE)).isEqualTo("meters");
        return letters.get(0);
    }

    /** Where the record came from that is being worked on. */
    private static final class Place implements ErrorHandlerContext {
        @Override
        public String topic() {
            return "readings";
        }

        @Override
        public int partition() {
            return 1;
        }

        @Override
        public long offset() {
            return 34;
        }

        @Override
        public Headers headers() {
            return new RecordHeaders();
        }

        @Override
        public String processorNodeId() {
            return Names.FORECASTER;
        }

        @Override
        public TaskId taskId() {
            return new TaskId(0, 1);
        }

        @Override
        public long timestamp() {
            return 12;
        }

        @Override
        public byte[] sourceRawKey() {
            return new byte[] {'r'};
        }

        @Override
        public byte[] sourceRawValue() {
            return new byte[] {'w'};
        }
    }
}
