package dev.tidecast.backtest;

import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.fold.Answer;
import dev.tidecast.forecast.fold.Closing;
import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.forecast.fold.PartitionFold;
import dev.tidecast.forecast.fold.Setback;
import dev.tidecast.forecast.fold.Sources;
import dev.tidecast.forecast.fold.Stores;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.spec.Emit;
import dev.tidecast.forecast.spec.Missing;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A data file through the fold the stream runs, as if it were one partition: prequential, so every forecast is issued
 * before anything it speaks of is seen, and judged only when that has become known. Nothing is invented at the end: the
 * buckets that are open when the file ends stay open, and what was forecast for them is never scored.
 *
 * <pre>
 *   for each row    fold.observe(row)  ->  a bucket closes  ->  forecasts waiting for it are judged
 *                                                           ->  one forecast is issued, and waits
 * </pre>
 *
 * Forecasts between closes are not made: they are never scored.
 */
public final class Rerun {
    private static final String FILE = "file";

    private final Forecaster forecaster;
    private final Settings settings;
    private final Stores stores = Stores.inMemory();
    private PartitionFold fold;
    private @Nullable Tutor tutor;
    private long lesson = Long.MIN_VALUE;
    private Model model;
    private final Judge judge;
    private final Rivals rivals;
    private final boolean buckets;
    private final Map<String, Course> courses = new LinkedHashMap<>();
    private long sourceTime = Long.MIN_VALUE;
    private long rows;
    private long late;
    private long issued;

    public Rerun(Forecaster forecaster, Model model, Judge judge) {
        this.forecaster = forecaster;
        this.settings = forecaster.settings();
        this.model = model;
        this.judge = judge;
        this.rivals = new Rivals(forecaster);
        this.buckets = !settings.buckets().isNone();
        if (settings.emit() != Emit.BUCKET) {
            throw new IllegalArgumentException("a rerun wants a forecaster that answers at closes only");
        }
        this.fold = new PartitionFold(forecaster, model, stores, Sources.ONE);
    }

    /** From now on the model may change: before the first row of every so many buckets the tutor is asked. */
    public void learnFrom(Tutor one) {
        if (!buckets) {
            throw new IllegalArgumentException("lessons are given at buckets, and there are none");
        }
        tutor = one;
    }

    /** A fold keeps nothing that is not in its stores: one with another model goes on where this one stands. */
    private void learn(Tutor from, long bucket) {
        if (lesson != Long.MIN_VALUE) {
            Model next = from.lesson(bucket);
            if (!next.version().equals(model.version())) {
                model = next;
                fold = new PartitionFold(forecaster, model, stores, Sources.ONE);
            }
        }
        lesson = bucket + from.every() - Math.floorMod(bucket, from.every());
    }

    /** Folds all rows in. */
    public void run(Rows in) {
        while (in.next()) {
            row(in);
        }
    }

    /** Folds the row in that is now in front. */
    public void row(Rows in) {
        if (!forecaster.accepts(in.value())) {
            throw new DataException(in.place() + ": value " + in.value() + " is outside what a target of kind "
                    + settings.kind() + " can be");
        }
        sourceTime = Math.max(sourceTime, in.time());
        Source source = new Source(FILE, 0, rows++, sourceTime);
        observe(new Observation(in.key(), in.time(), in.value(), sourceTime, source, in.censored()));
    }

    private void observe(Observation o) {
        if (tutor != null && settings.buckets().index(o.time()) >= lesson) {
            learn(tutor, settings.buckets().index(o.time()));
        }
        Course course = courses.get(o.key());
        boolean first = course == null;
        if (course == null) {
            course = new Course(
                    o.key(),
                    rivals.season(),
                    settings.horizon(),
                    settings.buckets(),
                    settings.missing() == Missing.ZERO);
            courses.put(o.key(), course);
        }
        // The first observation of a key is never late, and its bucket may close within the same call; those of a known
        // key enter a bucket that is open afterwards.
        if (first && buckets) {
            course.take(settings.buckets().index(o.time()), o);
        }
        Answer answer = answer(o);
        for (Closing closing : answer.closings()) {
            if (closing.forecast() != null) {
                closed(closing.forecast(), o);
            }
        }
        if (answer.late() != null) {
            late++;
        } else if (!first && buckets) {
            course.take(settings.buckets().index(o.time()), o);
        }
    }

    private Answer answer(Observation o) {
        Answer answer = fold.observe(o);
        RuntimeException failure = answer.failure();
        for (Setback setback : answer.setbacks()) {
            throw new IllegalStateException("the state of " + setback.key() + ": " + setback.why(), setback.cause());
        }
        if (failure != null) {
            throw failure;
        }
        return answer;
    }

    private void closed(Forecast forecast, Observation o) {
        Course course = courses.get(forecast.key());
        if (course == null) {
            throw new IllegalStateException("a forecast of a key that was never observed: " + forecast.key());
        }
        if (buckets) {
            course.closeUntil(settings.buckets().index(forecast.origin()), judge);
        } else {
            course.step(o.censored() ? Double.NaN : o.value(), judge);
        }
        Issue issue = rivals.issue(course, forecast);
        issued++;
        judge.issued(issue, forecast);
    }

    /** Names of the rivals in the order of {@link Issue#rival}. */
    public Rivals rivals() {
        return rivals;
    }

    /** The series met, in the order they first came by. */
    public Map<String, Course> courses() {
        return courses;
    }

    public long rows() {
        return rows;
    }

    /** Observations that came after their bucket had closed for their key. */
    public long late() {
        return late;
    }

    /** Forecasts issued. */
    public long issued() {
        return issued;
    }
}
