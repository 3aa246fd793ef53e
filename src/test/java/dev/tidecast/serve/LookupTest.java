package dev.tidecast.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tidecast.Patience;
import dev.tidecast.pipeline.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LookupTest {
    private static final String FORECASTS = "demand.forecasts";

    private final Topics topics = new Topics().create(FORECASTS, 3);
    private final Board board = new Board(Records.pipeline("demand"), 5);
    private Lookup lookup = lookup(Duration.ofSeconds(30));

    @AfterEach
    void closingGivesTheConsumerBack() {
        lookup.close();
        assertThat(topics.opened()).allMatch(Topics.Reading::closed);
    }

    @Test
    void aForecastThatIsNotKeptIsReadAgainFromItsTopicByteForByte() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 50; i++) {
                write("k" + i, 100 * round + i);
            }
        }
        board.caughtUp();
        for (int i = 49; i >= 0; i--) {
            Answer answer = lookup.latest(board, "k" + i);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body())
                    .isEqualTo(Records.forecast("k" + i, 200 + i, "event").value());
        }
        assertThat(board.kept()).as("asking changes nothing").isEqualTo(5);
        assertThat(topics.opened()).hasSize(1);
    }

    @Test
    void aKeyWithoutAForecastIsUnknownOnceEverythingHasBeenRead() {
        write("k", 1);
        assertThat(lookup.latest(board, "no").status()).isEqualTo(503);
        board.caughtUp();
        assertThat(lookup.latest(board, "no").status()).isEqualTo(404);
        board.fellBehind("the brokers are away");
        assertThat(lookup.latest(board, "no").status()).isEqualTo(503);
        assertThat(topics.opened()).isEmpty();
    }

    @Test
    void aForecastThatCompactionHasTakenIsReadWhereTheNewerOneStands() {
        long old = fill();
        AtomicInteger polls = new AtomicInteger();
        topics.onPoll = consumer -> {
            if (polls.getAndIncrement() == 0) {
                topics.compact(FORECASTS, 0, old);
                write("silent", 77);
                write("other", 1);
                for (int i = 0; i < 9; i++) {
                    write("k" + i, i);
                }
            }
        };
        assertThat(Records.text(lookup.latest(board, "silent").body())).contains("\"offset\":77}");
    }

    @Test
    void aForecastWhoseNewerOneHasNotBeenReadYetIsAskedForAgain() {
        long old = fill();
        topics.compact(FORECASTS, 0, old);
        AtomicInteger polls = new AtomicInteger();
        topics.onPoll = consumer -> polls.incrementAndGet();
        assertError(lookup.latest(board, "silent"), "not_read");
        assertThat(polls.get()).as("the same place is not read twice").isEqualTo(1);
    }

    @Test
    void aFailureIsSaidAndTheNextQuestionIsAnsweredByAnotherConsumer() {
        fill();
        topics.onPoll = consumer -> {
            throw new KafkaException("the brokers are away");
        };
        assertError(lookup.latest(board, "silent"), "not_read");
        assertThat(topics.opened()).hasSize(1).allMatch(Topics.Reading::closed);
        topics.onPoll = consumer -> {};
        assertThat(lookup.latest(board, "silent").status()).isEqualTo(200);
        assertThat(topics.opened()).hasSize(2);
    }

    @Test
    void aDefectIsThrownAndTheConsumerIsGivenBack() {
        fill();
        topics.onPoll = consumer -> {
            throw new IllegalStateException("a defect");
        };
        assertThatIllegalStateException().isThrownBy(() -> lookup.latest(board, "silent"));
        assertThat(topics.opened()).hasSize(1).allMatch(Topics.Reading::closed);
    }

    @Test
    void brokersThatSayNothingAreNotWaitedForLonger() {
        lookup = lookup(Duration.ofMillis(20));
        write("silent", 1);
        for (int i = 0; i < 9; i++) {
            board.read(Kind.FORECASTS, Records.forecast("k" + i, i, "event"));
        }
        topics.compact(FORECASTS, 0, 0);
        assertError(lookup.latest(board, "silent"), "not_read");
    }

    @Test
    void oneHttpThreadIsLeftForOtherQuestions() throws Exception {
        fill();
        CountDownLatch go = new CountDownLatch(1);
        topics.onPoll = consumer -> Patience.until(() -> go.getCount() == 0);
        List<Integer> statuses = new ArrayList<>();
        List<Thread> askers = new ArrayList<>();
        for (int i = 0; i < Lookup.MOST_AT_ONCE; i++) {
            Thread asker = new Thread(() -> {
                int status = lookup.latest(board, "silent").status();
                synchronized (statuses) {
                    statuses.add(status);
                }
            });
            asker.start();
            askers.add(asker);
        }
        Patience.until(() -> askers.stream().allMatch(one -> one.getState() == Thread.State.TIMED_WAITING));
        assertError(lookup.latest(board, "silent"), "busy");
        go.countDown();
        for (Thread asker : askers) {
            asker.join();
        }
        assertThat(statuses).containsExactly(200, 200, 200);
        assertThat(lookup.latest(board, "silent").status()).isEqualTo(200);
        assertThat(topics.opened()).hasSize(1);
    }

    @Test
    void nothingIsReadAfterItIsClosed() {
        fill();
        lookup.close();
        assertError(lookup.latest(board, "silent"), "not_read");
        assertThat(topics.opened()).isEmpty();
    }

    /** Writes a key that is not kept in memory any more; answers where its forecast stands. */
    private long fill() {
        long offset = write("silent", 1);
        for (int i = 0; i < 9; i++) {
            write("k" + i, i);
        }
        board.caughtUp();
        assertThat(board.latest("silent")).isNull();
        return offset;
    }

    private long write(String key, long source) {
        int partition = key.startsWith("k") ? key.hashCode() % 3 : 0;
        ConsumerRecord<byte[], byte[]> record =
                topics.write(FORECASTS, partition, Records.forecast(key, source, "event"));
        board.read(Kind.FORECASTS, record);
        return record.offset();
    }

    private Lookup lookup(Duration patience) {
        return new Lookup(List.of(board), of -> new StoredForecasts(FORECASTS, topics::open, patience));
    }

    private static void assertError(Answer answer, String word) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(Records.text(answer.body())).contains("\"error\":\"" + word + "\"");
    }
}
