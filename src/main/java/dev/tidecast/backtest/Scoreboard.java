package dev.tidecast.backtest;

import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.series.Horizons;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All scores of a rerun: by step ahead, summed up into the groups {1}, {2..H/2}, {H/2+1..H} with every step in them; by
 * key; by day of the target. Contender 0 is ours, the others are the rivals in their order.
 */
public final class Scoreboard implements Judge {
    public static final String OURS = "tidecast";
    private static final long DAY = 86_400_000L;

    private final double[] levels;
    private final long firstOrigin;
    private @Nullable Rivals rivals;
    private List<Tier> steps = List.of();
    private final Map<Course, KeyScore> keys = new IdentityHashMap<>();
    private final List<KeyScore> keyOrder = new ArrayList<>();
    private final TreeMap<Long, Slice> days = new TreeMap<>();
    private List<String> mixNames = List.of();
    private int reference;
    private @Nullable Slice newest;
    private @Nullable Slice judged;
    private @Nullable Course judgedOf;
    private long judgedStep;
    private @Nullable KeyScore latest;
    private final Errors.Miss miss = new Errors.Miss();

    /** Scores every forecast whose origin is at or after a moment. */
    public Scoreboard(double[] levels, long firstOrigin) {
        this.levels = levels.clone();
        this.firstOrigin = firstOrigin;
    }

    /** Must be told before the first forecast. */
    public void against(Rivals all) {
        rivals = all;
    }

    /** The errors of all contenders and our quantiles, for some steps ahead. */
    public static final class Tier {
        private final int from;
        private final int to;
        private final Errors[] errors;
        private final Ladder ladder;

        Tier(int from, int to, int contenders, double[] levels) {
            this.from = from;
            this.to = to;
            this.errors = new Errors[contenders];
            for (int i = 0; i < contenders; i++) {
                errors[i] = new Errors();
            }
            this.ladder = new Ladder(levels);
        }

        private void add(Tier other) {
            for (int i = 0; i < errors.length; i++) {
                errors[i].add(other.errors[i]);
            }
            ladder.add(other.ladder);
        }

        public int from() {
            return from;
        }

        public int to() {
            return to;
        }

        /** "1", "2-14". */
        public String name() {
            return from == to ? Integer.toString(from) : from + "-" + to;
        }

        public Errors ours() {
            return errors[0];
        }

        public Errors errors(int contender) {
            return errors[contender];
        }

        public Ladder ladder() {
            return ladder;
        }
    }

    /** One key over all steps. */
    public record KeyScore(String key, Course course, Errors ours, Errors reference) {}

    @Override
    public void issued(Issue issue, Forecast forecast) {
        if (steps.isEmpty()) {
            begin(forecast);
        }
        if (issue.origin() >= firstOrigin) {
            newest = slice(issue.origin(), newest);
            newest.mix(forecast);
        }
    }

    private void begin(Forecast forecast) {
        int contenders = contenders().size();
        List<Tier> all = new ArrayList<>();
        for (int h = 1; h <= forecast.horizon(); h++) {
            all.add(new Tier(h, h, contenders, levels));
        }
        steps = all;
        mixNames = forecast.mix().names();
        reference = referencePlace();
    }

    @Override
    public void matured(Issue issue, int h, double actual) {
        if (issue.origin() < firstOrigin) {
            return;
        }
        Tier tier = steps.get(h - 1);
        double point = issue.middle(h);
        double mean = issue.mean(h);
        Slice slice = judged(issue, h);
        KeyScore key = key(issue.course());
        miss.set(issue, actual, point, mean, point);
        tier.errors[0].add(miss);
        slice.miss(0, Math.abs(actual - point));
        key.ours.add(miss);
        for (int i = 1; i < tier.errors.length; i++) {
            double rival = issue.rival(i - 1, h);
            if (!Double.isNaN(rival)) {
                miss.set(issue, actual, rival, rival, point);
                tier.errors[i].add(miss);
                slice.miss(i, Math.abs(actual - rival));
                if (i == reference) {
                    key.reference.add(miss);
                }
            }
        }
        tier.ladder.add(issue, h, actual);
        slice.cover(issue, h, actual, tier.ladder);
    }

    /** Where the last step was judged: the steps of one close share it. */
    private Slice judged(Issue issue, int h) {
        long step = issue.index() + h;
        if (judged == null || judgedOf != issue.course() || judgedStep != step) {
            judged = slice(issue.target(h), judged);
            judgedOf = issue.course();
            judgedStep = step;
        }
        return judged;
    }

    /** The slice of a moment, which most often is that of the last one asked for. */
    private Slice slice(long moment, @Nullable Slice last) {
        long start = Math.floorDiv(moment, DAY) * DAY;
        return last != null && last.start() == start
                ? last
                : days.computeIfAbsent(start, s -> new Slice(s, contenders().size(), mixNames.size()));
    }

    private KeyScore key(Course course) {
        if (latest == null || latest.course() != course) {
            latest = keys.get(course);
        }
        if (latest == null) {
            latest = new KeyScore(course.key(), course, new Errors(), new Errors());
            keys.put(course, latest);
            keyOrder.add(latest);
        }
        return latest;
    }

    private Rivals rivals() {
        if (rivals == null) {
            throw new IllegalStateException("a scoreboard has to know the rivals");
        }
        return rivals;
    }

    /** Ours first, then the rivals. */
    public List<String> contenders() {
        List<String> all = new ArrayList<>(List.of(OURS));
        all.addAll(rivals().names());
        return all;
    }

    /** The contender skill is told against. */
    public String reference() {
        return rivals().reference();
    }

    public int referencePlace() {
        return contenders().indexOf(reference());
    }

    /** Steps of the season that errors are scaled by. */
    public int season() {
        return rivals().season();
    }

    public List<String> mixNames() {
        return mixNames;
    }

    /** One tier per step ahead, from 1. */
    public List<Tier> steps() {
        return steps;
    }

    /** The groups of steps. */
    public List<Tier> groups() {
        List<Tier> groups = new ArrayList<>();
        if (steps.isEmpty()) {
            return groups;
        }
        Horizons horizons = new Horizons(steps.size());
        int from = 1;
        for (int g = 0; g < horizons.groups(); g++) {
            groups.add(sum(from, horizons.last(g)));
            from = horizons.last(g) + 1;
        }
        return groups;
    }

    /** All steps together. */
    public Tier all() {
        return sum(1, steps.size());
    }

    private Tier sum(int from, int to) {
        Tier sum = new Tier(from, to, contenders().size(), levels);
        for (int h = from; h <= to; h++) {
            sum.add(steps.get(h - 1));
        }
        return sum;
    }

    /** Keys with a score, best skill first; of equals the smaller key. */
    public List<KeyScore> keys() {
        List<KeyScore> ranked = new ArrayList<>(keyOrder);
        ranked.removeIf(k -> Double.isNaN(k.reference.skill()) || Double.isInfinite(k.reference.skill()));
        ranked.sort(
                Comparator.comparingDouble((KeyScore k) -> -k.reference.skill()).thenComparing(KeyScore::key));
        return ranked;
    }

    /** How many keys were judged at all. */
    public int keysJudged() {
        return keyOrder.size();
    }

    /** The run in slices: by day up to two weeks, by week up to a year and a half, by month beyond. */
    public List<Slice> slices() {
        return Slice.merged(days.values());
    }
}
