package dev.tidecast.serve;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers with the latest forecast of a key: from memory if its series is kept there, else from its topic. {@link Routes}
 * asks it on the HTTP threads.
 */
final class Lookup implements AutoCloseable {
    /** One less than there are HTTP threads: while the brokers are slow, one is left for all other questions. */
    static final int MOST_AT_ONCE = HttpSide.THREADS - 1;

    private static final Logger LOG = LoggerFactory.getLogger(Lookup.class);
    private static final int TRIES = 3;

    private final Map<Board, StoredForecasts> topics = new IdentityHashMap<>();
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);
    private volatile boolean failing;

    Lookup(List<Board> boards, Function<Board, StoredForecasts> topic) {
        boards.forEach(board -> topics.put(board, topic.apply(board)));
    }

    Answer latest(Board board, String key) {
        byte[] kept = board.latest(key);
        if (kept != null) {
            return new Answer(200, Answer.JSON, kept);
        }
        if (board.place(key) == null) {
            return unknown(board, key);
        }
        if (!room.tryAcquire()) {
            return Answer.error(
                    503,
                    "busy",
                    "the forecast of " + key + " is on its topic, but " + MOST_AT_ONCE
                            + " others are being read from there right now: ask again");
        }
        try {
            return stored(board, key);
        } catch (KafkaException e) {
            if (!failing) {
                LOG.warn(
                        "{}: a forecast cannot be read again from its topic",
                        board.pipeline().name(),
                        e);
            }
            failing = true;
            return Answer.error(
                    503,
                    "not_read",
                    "the forecast of " + key + " is on its topic, but could not be read from there: " + e.getMessage()
                            + ": ask again");
        } finally {
            room.release();
        }
    }

    /** What to say of a key without any forecast. */
    static Answer unknown(Board board, String key) {
        if (!board.isCaughtUp()) {
            return Answer.error(503, "not_ready", "the forecasts written so far are still being read: ask again");
        }
        return Answer.error(
                404, "unknown_key", "no forecast of " + board.pipeline().name() + " has the key " + key);
    }

    @Override
    public void close() {
        topics.values().forEach(StoredForecasts::close);
    }

    /** Reads where the forecast stands; if a newer one has taken its place meanwhile, there. */
    private Answer stored(Board board, String key) {
        StoredForecasts topic = Objects.requireNonNull(topics.get(board));
        ForecastIndex.Place before = null;
        for (int i = 0; i < TRIES; i++) {
            ForecastIndex.Place place = board.place(key);
            if (place == null) {
                return unknown(board, key);
            }
            if (place.equals(before)) {
                break;
            }
            byte[] forecast = topic.read(key, place);
            failing = false;
            if (forecast != null) {
                return new Answer(200, Answer.JSON, forecast);
            }
            before = place;
        }
        return Answer.error(503, "not_read", "a newer forecast of " + key + " is just being read: ask again");
    }
}
