package dev.tidecast.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.LogLines;
import dev.tidecast.Patience;
import dev.tidecast.pipeline.Kind;
import dev.tidecast.pipeline.Pipeline;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.RecordDeserializationException.DeserializationExceptionOrigin;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TailTest {
    private static final String FORECASTS = "tailed.forecasts";

    private final Pipeline pipeline = Records.pipeline("tailed");
    private final Topics topics =
            new Topics().create(FORECASTS, 2).create("tailed.accuracy", 1).create("tailed.dlq", 1);
    private final Listener listener = new Listener();
    private final Board board = new Board(pipeline);
    private Tail tail = new Tail(pipeline, List.of(listener, board), topics::open, Duration.ofNanos(1));

    /** Notes what it is told, and throws where it is asked to. */
    private static final class Listener implements Tail.Reader {
        private final List<String> read = new ArrayList<>();
        private final AtomicInteger caughtUp = new AtomicInteger();
        private final AtomicInteger behind = new AtomicInteger();
        private final AtomicInteger skipped = new AtomicInteger();
        private volatile String poison = "none";
        private volatile Throwable thrown = new AssertionError("not asked to throw");

        @Override
        public void read(Kind kind, ConsumerRecord<byte[], byte[]> record) {
            String name = record.topic() + "-" + record.partition() + "@" + record.offset();
            if (name.equals(poison)) {
                if (thrown instanceof Error error) {
                    poison = "none";
                    throw error;
                }
                throw (RuntimeException) thrown;
            }
            synchronized (read) {
                read.add(name);
            }
        }

        List<String> read() {
            synchronized (read) {
                return List.copyOf(read);
            }
        }

        @Override
        public void caughtUp() {
            caughtUp.incrementAndGet();
        }

        @Override
        public void fellBehind(String why) {
            behind.incrementAndGet();
        }

        @Override
        public void skipped() {
            skipped.incrementAndGet();
        }
    }

    @AfterEach
    void nothingIsLeftOpen() {
        tail.close();
        assertThat(topics.opened()).allMatch(Topics.Reading::closed);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("tail-tailed");
    }

    @Test
    void everyRecordIsReadOnceHoweverOftenTheConsumerFails() throws Exception {
        Random random = new Random(11);
        topics.onPoll = consumer -> {
            if (random.nextInt(4) == 0) {
                throw random.nextBoolean() ? new KafkaException("away") : new IllegalStateException("a defect");
            }
        };
        tail.start();
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            int partition = random.nextInt(2);
            written.add(FORECASTS + "-" + partition + "@" + write(partition, "k" + i));
        }
        Patience.until(() -> listener.read().size() >= written.size());
        assertThat(listener.read()).containsExactlyInAnyOrderElementsOf(written);
        assertThat(topics.opened()).hasSizeGreaterThan(5);
        assertThat(board.failures()).isGreaterThan(5);
    }

    @Test
    void catchingUpIsToldOnceAndOnceMoreAfterAFailure() throws Exception {
        for (int i = 0; i < 30; i++) {
            write(i % 2, "k" + i);
        }
        tail.start();
        Patience.until(() -> listener.caughtUp.get() == 1);
        assertThat(listener.read()).hasSize(30);
        write(0, "later");
        Patience.until(() -> listener.read().size() == 31);
        assertThat(listener.caughtUp.get()).isEqualTo(1);

        AtomicInteger failures = new AtomicInteger(3);
        topics.onPoll = consumer -> {
            if (failures.getAndDecrement() > 0) {
                assertThat(listener.caughtUp.get()).isEqualTo(1);
                throw new KafkaException("away");
            }
        };
        Patience.until(() -> listener.caughtUp.get() == 2);
        assertThat(listener.behind.get()).isEqualTo(3);
        assertThat(listener.read()).hasSize(31);
        assertThat(board.isCaughtUp()).isTrue();
    }

    @Test
    void aRecordThatAReaderFailsOnIsSkippedAndCounted() throws Exception {
        listener.poison = FORECASTS + "-0@1";
        listener.thrown = new IllegalArgumentException("a defect of a reader");
        for (int i = 0; i < 3; i++) {
            write(0, "k" + i);
        }
        tail.start();
        Patience.until(() -> listener.read().size() == 2);
        assertThat(listener.read()).containsExactly(FORECASTS + "-0@0", FORECASTS + "-0@2");
        assertThat(listener.skipped.get()).isEqualTo(1);
        assertThat(board.unreadable()).isEqualTo(1);
        assertThat(board.forecasts()).as("the other reader reads it").isEqualTo(3);
        assertThat(topics.opened()).hasSize(1);
    }

    @Test
    void anErrorOfAReaderDoesNotEndTheTail() throws Exception {
        listener.poison = FORECASTS + "-0@1";
        listener.thrown = new LinkageError("a class is missing");
        for (int i = 0; i < 3; i++) {
            write(0, "k" + i);
        }
        tail.start();
        Patience.until(() -> listener.read().size() == 3);
        assertThat(listener.read()).doesNotHaveDuplicates();
        assertThat(listener.behind.get()).isEqualTo(1);
    }

    @Test
    void aRecordThatCannotBeDeserialisedIsSkippedAndCounted() throws Exception {
        for (int i = 0; i < 3; i++) {
            write(0, "k" + i);
        }
        TopicPartition partition = new TopicPartition(FORECASTS, 0);
        topics.onPoll = consumer -> {
            if (consumer.position(partition) == 0) {
                throw unreadable(partition);
            }
        };
        tail.start();
        Patience.until(() -> listener.read().size() == 2);
        assertThat(listener.read()).containsExactly(FORECASTS + "-0@1", FORECASTS + "-0@2");
        assertThat(board.unreadable()).isEqualTo(1);
        assertThat(topics.opened()).hasSize(1);
    }

    private static RecordDeserializationException unreadable(TopicPartition partition) {
        ByteBuffer nothing = ByteBuffer.allocate(0);
        return new RecordDeserializationException(
                DeserializationExceptionOrigin.VALUE,
                partition,
                0,
                0,
                TimestampType.CREATE_TIME,
                nothing,
                nothing,
                new RecordHeaders(),
                "no text",
                new KafkaException());
    }

    @Test
    void aConsumerThatCannotBeOpenedIsTriedAgain() throws Exception {
        AtomicInteger failures = new AtomicInteger(4);
        topics.onOpen = () -> {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalArgumentException("no such broker");
            }
        };
        write(0, "k");
        tail.start();
        Patience.until(() -> listener.read().size() == 1);
        assertThat(listener.behind.get()).isEqualTo(4);
    }

    @Test
    void aFailureThatLastsIsLoggedOnce() throws Exception {
        AtomicInteger failures = new AtomicInteger(50);
        topics.onPoll = consumer -> {
            if (failures.getAndDecrement() > 0) {
                throw new KafkaException("away");
            }
        };
        try (LogLines lines = new LogLines(Tail.class)) {
            tail.start();
            Patience.until(() -> listener.caughtUp.get() == 1);
            assertThat(listener.behind.get()).isEqualTo(50);
            assertThat(lines.texts())
                    .containsExactly(
                            "tailed: the outputs cannot be read, trying again until they can: "
                                    + "org.apache.kafka.common.KafkaException: away",
                            "tailed: the outputs are read again");
        }
    }

    @Test
    void aTopicThatIsNotThereYetIsWaitedFor() throws Exception {
        Topics young = new Topics().create(FORECASTS, 1);
        AtomicInteger asked = new AtomicInteger();
        young.onPartitions = consumer -> asked.incrementAndGet();
        tail = new Tail(pipeline, List.of(listener), young::open, Duration.ofNanos(1)).start();
        Patience.until(() -> asked.get() > 20);
        assertThat(listener.caughtUp.get()).isZero();
        young.create("tailed.accuracy", 1).create("tailed.dlq", 1);
        young.write(FORECASTS, 0, Records.forecast("k", 0, "event"));
        Patience.until(() -> listener.read().size() == 1 && listener.caughtUp.get() == 1);
        tail.close();
        assertThat(young.opened()).hasSize(1).allMatch(Topics.Reading::closed);
    }

    @Test
    void closedBeforeItsStartItOpensNothing() {
        tail.close();
        tail.start();
        tail.close();
        assertThat(topics.opened()).isEmpty();
    }

    @Test
    void closedWhileItsConsumerIsOpenedItClosesThatAndAsksItNothing() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        topics.onOpen = tail::close;
        topics.onPartitions = consumer -> asked.incrementAndGet();
        tail.start();
        Patience.until(() -> topics.opened().stream().anyMatch(Topics.Reading::closed));
        tail.close();
        assertThat(asked.get()).isZero();
        assertThat(topics.opened()).hasSize(1);
        assertThat(listener.behind.get()).isZero();
    }

    @Test
    void closedWhileItTakesItsPartitionsItEnds() throws Exception {
        topics.onPartitions = consumer -> tail.close();
        tail.start();
        Patience.until(() -> topics.opened().stream().anyMatch(Topics.Reading::closed));
        assertThat(topics.opened()).hasSize(1);
        assertThat(listener.behind.get()).isZero();
    }

    @Test
    void closedWhileTheBrokersDoNotAnswerItIsWoken() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        topics.onPartitions = consumer -> {
            asked.countDown();
            consumer.waitUntilWoken();
        };
        tail.start();
        asked.await();
        tail.close();
        assertThat(topics.opened()).hasSize(1).allMatch(Topics.Reading::closed);
        assertThat(listener.behind.get()).isZero();
    }

    @Test
    void closedWhileItPollsItEndsAtOnce() throws Exception {
        AtomicInteger polls = new AtomicInteger();
        topics.onPoll = consumer -> polls.incrementAndGet();
        tail.start();
        Patience.until(() -> polls.get() > 10);
        tail.close();
        assertThat(topics.opened()).hasSize(1).allMatch(Topics.Reading::closed);
        assertThat(listener.behind.get()).isZero();
    }

    @Test
    void closedTwiceAndFromTwoThreadsItEndsOnce() throws Exception {
        write(0, "k");
        tail.start();
        Patience.until(() -> listener.read().size() == 1);
        CompletableFuture<Void> other = CompletableFuture.runAsync(tail::close);
        tail.close();
        other.join();
        tail.close();
        assertThat(topics.opened()).hasSize(1).allMatch(Topics.Reading::closed);
    }

    @Test
    void closedWhileItPausesItEndsAtOnce() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        Topics none = new Topics();
        none.onOpen = () -> {
            tries.incrementAndGet();
            throw new KafkaException("away");
        };
        tail = new Tail(pipeline, List.of(listener), none::open, Duration.ofHours(1)).start();
        Patience.until(() -> listener.behind.get() == 1);
        tail.close();
        assertThat(tries.get()).isEqualTo(1);
    }

    private long write(int partition, String key) {
        return topics.write(FORECASTS, partition, Records.forecast(key, 0, "event"))
                .offset();
    }
}
