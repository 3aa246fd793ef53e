package dev.tidecast.serve;

import dev.tidecast.pipeline.Kind;
import dev.tidecast.pipeline.Pipeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What one pipeline has written, as far as it is kept to be asked for: where the latest forecast of every key stands,
 * the forecast itself and the recent past of at most so many series (the longest silent one makes room, asking changes
 * nothing), and sums over all of them. {@link Tail} writes, the HTTP threads and the demo's table read.
 */
public final class Board implements Tail.Reader {
    private static final int MOST_SERIES = 10_000;
    private static final int MOST_POINTS = 400;
    private static final int MOST_POINTS_CROWDED = 60;
    private static final int CROWDED = 500;

    private final Pipeline pipeline;
    private final int mostSeries;
    private final ForecastIndex index = new ForecastIndex();
    private final LinkedHashMap<String, SeriesView> series = new LinkedHashMap<>(); // the longest silent one first
    private final Map<Integer, Tally> tallies = new TreeMap<>();
    private final Map<String, Long> deadLetters = new TreeMap<>();
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong forecasts = new AtomicLong();
    private final AtomicLong unreadable = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private volatile boolean caughtUp;
    private volatile @Nullable String trouble;

    public Board(Pipeline pipeline) {
        this(pipeline, MOST_SERIES);
    }

    /** @param mostSeries how many series are kept in memory */
    Board(Pipeline pipeline, int mostSeries) {
        this.pipeline = pipeline;
        this.mostSeries = mostSeries;
    }

    public Pipeline pipeline() {
        return pipeline;
    }

    @Override
    public void read(Kind kind, ConsumerRecord<byte[], byte[]> record) {
        try {
            switch (kind) {
                case FORECASTS -> forecast(record);
                case ACCURACY -> outcome(record);
                case DLQ -> deadLetter(record);
                default -> {}
            }
        } catch (IOException e) {
            // Somebody else writes to our topic: it is counted, and shown in the status.
            unreadable.incrementAndGet();
        }
    }

    @Override
    public void caughtUp() {
        trouble = null;
        caughtUp = true;
    }

    @Override
    public void fellBehind(String why) {
        caughtUp = false;
        trouble = why;
        failures.incrementAndGet();
    }

    @Override
    public void skipped() {
        unreadable.incrementAndGet();
    }

    /**
     * Whether everything written before the start, or before the last failure to read, has been read: only then is an
     * unknown key really unknown.
     */
    public boolean isCaughtUp() {
        return caughtUp;
    }

    /** Why the topics cannot be read at the moment; null if they can. */
    @Nullable
    String trouble() {
        return trouble;
    }

    /** How often reading has failed and was tried again. */
    long failures() {
        return failures.get();
    }

    /** Forecasts read so far, by whatever caused them. */
    public long forecasts() {
        return forecasts.get();
    }

    /** Forecasts that answer an event. */
    public long answers() {
        return answers.get();
    }

    public long unreadable() {
        return unreadable.get();
    }

    /** Dead letters by reason, in order of the word. */
    public Map<String, Long> deadLetters() {
        synchronized (deadLetters) {
            return new TreeMap<>(deadLetters);
        }
    }

    /** Scores by step ahead, nearest first. */
    public List<Tally> tallies() {
        synchronized (tallies) {
            return List.copyOf(tallies.values());
        }
    }

    /** The sum over all steps ahead that are scored. */
    public Tally allScores() {
        return tallies().stream().reduce(Tally.none(0), Tally::and);
    }

    /** How many series have a forecast. */
    public int size() {
        return index.size();
    }

    /** How many series are kept in memory. */
    int kept() {
        synchronized (series) {
            return series.size();
        }
    }

    /** What is known of every key that has a forecast. */
    ForecastIndex index() {
        return index;
    }

    /** The series of a key; null if it is not kept in memory. */
    @Nullable
    SeriesView view(String key) {
        synchronized (series) {
            return series.get(key);
        }
    }

    /** The latest forecast of a key; null if it is not kept in memory. */
    byte @Nullable [] latest(String key) {
        SeriesView view = view(key);
        return view == null ? null : view.latest();
    }

    /** Where the latest forecast of a key stands; null: no forecast has been read. */
    ForecastIndex.@Nullable Place place(String key) {
        return index.place(key);
    }

    private void forecast(ConsumerRecord<byte[], byte[]> record) throws IOException {
        String key = key(record);
        if (record.value() == null) {
            index.remove(record.key());
            synchronized (series) {
                series.remove(key);
            }
            return;
        }
        ForecastHead head = ForecastHead.of(record.value());
        forecasts.incrementAndGet();
        if (head.trigger().equals("event")) {
            answers.incrementAndGet();
        }
        index.put(record.key(), new ForecastIndex.Place(record.partition(), record.offset()), head);
        keep(key).forecast(record.value());
    }

    private void outcome(ConsumerRecord<byte[], byte[]> record) throws IOException {
        if (record.value() == null) {
            return;
        }
        Outcome outcome = Outcome.of(record.value());
        keep(key(record)).outcome(outcome);
        synchronized (tallies) {
            for (Outcome.Matured matured : outcome.matured()) {
                tallies.merge(
                        matured.h(),
                        Tally.none(matured.h()).plus(outcome.actual(), matured),
                        (old, ignored) -> old.plus(outcome.actual(), matured));
            }
        }
    }

    private void deadLetter(ConsumerRecord<byte[], byte[]> record) {
        synchronized (deadLetters) {
            deadLetters.merge(DeadLetterHead.of(record).reason(), 1L, Long::sum);
        }
    }

    /** The series of a key that has just spoken: it becomes the last one to make room. */
    private SeriesView keep(String key) {
        synchronized (series) {
            SeriesView view = series.remove(key);
            if (view == null) {
                view = new SeriesView(series.size() < CROWDED ? MOST_POINTS : MOST_POINTS_CROWDED);
            }
            series.put(key, view);
            if (series.size() > mostSeries) {
                series.remove(series.keySet().iterator().next());
            }
            return view;
        }
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) throws IOException {
        if (record.key() == null) {
            throw new IOException("a record without a key");
        }
        return new String(record.key(), StandardCharsets.UTF_8);
    }
}
