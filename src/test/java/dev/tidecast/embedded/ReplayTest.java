package dev.tidecast.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final Duration PACE = Duration.ofDays(1);

    /** A clock that is moved by hand. */
    private static final class HandClock implements InstantSource {
        private long now;

        private HandClock(Instant start) {
            now = start.toEpochMilli();
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(now);
        }

        private void pass(Duration time) {
            now += time.toMillis();
        }
    }

    private final HandClock clock = new HandClock(Instant.parse("2026-03-01T12:00:00Z"));

    @Test
    void sendsWhatIsDueAndNothingElse() {
        MockProducer<byte[], byte[]> producer = producer(true);
        Replay replay = replay(SampleStreams.DEMAND_START, producer);
        clock.pass(Duration.ofSeconds(3));
        drain(replay);
        SampleStream same = SampleStreams.demand(7, SampleStreams.DEMAND_START);
        Sample first = same.next();
        long until = first.at() + Duration.ofDays(3).toMillis();
        List<ProducerRecord<byte[], byte[]>> history = producer.history();
        Sample sample = first;
        for (ProducerRecord<byte[], byte[]> record : history) {
            assertThat(sample.at()).isLessThanOrEqualTo(until);
            assertThat(record.value()).isEqualTo(sample.value());
            assertThat(record.timestamp()).isEqualTo(clock.millis());
            sample = same.next();
        }
        assertThat(sample.at()).isGreaterThan(until);
    }

    @Test
    void goodRecordsNeverComeFromTheFuture() {
        MockProducer<byte[], byte[]> producer = producer(true);
        Replay replay = replay(clock.instant().minus(Duration.ofDays(3)), producer);
        for (int second = 0; second < 60; second++) {
            drain(replay);
            assertThat(replay.streamTime()).isLessThanOrEqualTo(clock.millis());
            clock.pass(Duration.ofSeconds(1));
        }
        long caughtUp = replay.streamTime();
        clock.pass(Duration.ofMinutes(10));
        assertThat(replay.streamTime())
                .isEqualTo(caughtUp + Duration.ofMinutes(10).toMillis());
    }

    @Test
    void everySampleIsCountedByKindWhenSentAndWhenAcknowledged() {
        MockProducer<byte[], byte[]> producer = producer(false);
        Replay replay = replay(SampleStreams.DEMAND_START, producer);
        clock.pass(Duration.ofSeconds(10));
        drain(replay);
        assertThat(total(replay.sent())).isEqualTo(producer.history().size()).isGreaterThan(1000);
        assertThat(replay.sent().get(Sample.Kind.DELAYED)).isPositive();
        assertThat(total(replay.acknowledged())).isZero();
        while (producer.completeNext()) {
            assertThat(total(replay.acknowledged())).isPositive();
        }
        assertThat(replay.acknowledged()).isEqualTo(replay.sent());
        assertThat(replay.failure()).isNull();
    }

    @Test
    void aRefusedRecordIsNotCountedAsAcknowledged() {
        MockProducer<byte[], byte[]> producer = producer(false);
        Replay replay = replay(SampleStreams.DEMAND_START, producer);
        clock.pass(Duration.ofSeconds(1));
        drain(replay);
        producer.errorNext(new TimeoutException("no broker"));
        while (producer.completeNext()) {
            assertThat(replay.failure()).hasMessage("no broker");
        }
        assertThat(total(replay.acknowledged())).isEqualTo(total(replay.sent()) - 1);
    }

    @Test
    void aClosedReplaySendsNothingMore() {
        MockProducer<byte[], byte[]> producer = producer(true);
        Replay replay = replay(SampleStreams.DEMAND_START, producer);
        replay.start();
        replay.close();
        assertThat(producer.closed()).isTrue();
        int sent = producer.history().size();
        clock.pass(Duration.ofSeconds(5));
        assertThat(replay.sendDue()).isZero();
        assertThat(producer.history()).hasSize(sent);
    }

    @Test
    void theProducerIsGivenLessThanASecondToClose() {
        List<Duration> granted = new ArrayList<>();
        MockProducer<byte[], byte[]> producer =
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
                    @Override
                    public void close(Duration timeout) {
                        granted.add(timeout);
                        super.close(timeout);
                    }
                };
        replay(SampleStreams.DEMAND_START, producer).close();
        assertThat(granted).singleElement().satisfies(time -> assertThat(time).isLessThan(Duration.ofSeconds(1)));
    }

    private Replay replay(Instant start, MockProducer<byte[], byte[]> producer) {
        return new Replay(SampleStreams.demand(7, start), "retail.sales", PACE, clock, producer);
    }

    private static MockProducer<byte[], byte[]> producer(boolean autoComplete) {
        return new MockProducer<>(autoComplete, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static void drain(Replay replay) {
        int sent = replay.sendDue();
        while (sent > 0) {
            sent = replay.sendDue();
        }
    }

    private static long total(Map<Sample.Kind, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
