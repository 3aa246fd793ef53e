package dev.tidecast.backtest;

import dev.tidecast.forecast.Emit;
import dev.tidecast.forecast.Forecast;
import dev.tidecast.forecast.Forecaster;
import dev.tidecast.forecast.Missing;
import dev.tidecast.forecast.Model;
import dev.tidecast.forecast.PartitionFold;
import dev.tidecast.forecast.Score;
import dev.tidecast.forecast.Settings;
import dev.tidecast.forecast.TreeStore;
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
public final class Rerun implements PartitionFold.Outlet {
    private static final String FILE = "file";

    private final Forecaster forecaster;
    private final Settings settings;
    private final TreeStore[] stores = {new TreeStore(), new TreeStore(), new TreeStore()};
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
    private boolean refused;
    private double value;

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
        this.fold = new PartitionFold(forecaster, model, stores[0], stores[1], stores[2], this);
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
                fold = new PartitionFold(forecaster, model, stores[0], stores[1], stores[2], this);
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
        refused = false;
        value = o.censored() ? Double.NaN : o.value();
        // The first observation of a key is never late, and its bucket may close within the same call; those of a known
        // key enter a bucket that is open afterwards.
        if (first && buckets) {
            course.take(settings.buckets().index(o.time()), o);
        }
        fold.observe(o);
        if (refused) {
            late++;
        } else if (!first && buckets) {
            course.take(settings.buckets().index(o.time()), o);
        }
    }

    @Override
    public void forecast(Forecast forecast) {
        if (forecast.partial()) {
            return;
        }
        Course course = courses.get(forecast.key());
        if (course == null) {
            throw new IllegalStateException("a forecast of a key that was never observed: " + forecast.key());
        }
        if (buckets) {
            course.closeUntil(settings.buckets().index(forecast.origin()), judge);
        } else {
            course.step(value, judge);
        }
        Issue issue = rivals.issue(course, forecast);
        issued++;
        judge.issued(issue, forecast);
    }

    @Override
    public void score(Score score) {}

    @Override
    public void late(Observation observation, long closedUntil) {
        refused = true;
    }

    @Override
    public void corrupt(String key, String why) {
        throw new IllegalStateException("the state of " + key + " is corrupt: " + why);
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
