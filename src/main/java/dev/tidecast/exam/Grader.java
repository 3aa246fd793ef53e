package dev.tidecast.exam;

import dev.tidecast.backtest.Issue;
import dev.tidecast.backtest.Judge;
import dev.tidecast.backtest.Rivals;
import dev.tidecast.backtest.Scoreboard;
import dev.tidecast.backtest.Table;
import dev.tidecast.forecast.answer.Forecast;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judges as a published protocol does, over a table that is known whole: which origins count, and which figures are made of
 * them. The experts of the mix are graded beside our forecasts, and naive forecasts straight from the table, without the
 * fold: where their figures are published they prove the scorer.
 *
 * @param <T> what is kept per contender
 */
abstract class Grader<T> implements Judge {
    final Table table;
    private final Map<String, T> tallies = new LinkedHashMap<>();
    private @Nullable Rivals rivals;
    private @Nullable Hedges hedges;
    private final Map<String, Integer> lines = new LinkedHashMap<>();

    Grader(Table table) {
        this.table = table;
        for (int i = 0; i < table.lines().size(); i++) {
            lines.put(table.lines().get(i).key(), i);
        }
    }

    /** Which forecast of which series: step h of the one whose first step ahead is `origin`, of this line of the table. */
    record At(int line, int origin, int h) {}

    /** One forecast of one step that has met its actual, and our median for the same step. */
    record Hit(At at, double actual, double median, double mean, double ours) {
        int line() {
            return at.line;
        }

        int origin() {
            return at.origin;
        }

        int h() {
            return at.h;
        }
    }

    /** Whether step h of the forecast whose first step ahead is `origin` counts. */
    abstract boolean counts(int origin, int h);

    abstract T begin();

    abstract void add(T tally, Hit hit);

    /** What only ours has: its quantiles. */
    void addOurs(T tally, Hit hit, Issue issue) {}

    abstract List<String> columns();

    abstract double[] figures(T tally);

    /** Before the first forecast: the names of the experts. */
    void against(Rivals all) {
        rivals = all;
    }

    /** Whether the experts are also mixed by {@link Hedge}, for comparison: it needs many origins. */
    boolean hedged() {
        return true;
    }

    @Override
    public void issued(Issue issue, Forecast forecast) {
        if (hedges == null && hedged() && rivals != null && rivals.experts() > 0) {
            int network = rivals.names().indexOf("network");
            boolean speaks = network >= 0 && !Double.isNaN(issue.rival(network, 1));
            hedges = new Hedges(Hedge.Pace.STANDARD, issue.horizon(), rivals.experts(), speaks ? network : -1);
        }
        if (hedges != null) {
            hedges.issued(issue);
        }
    }

    @Override
    public void matured(Issue issue, int h, double actual) {
        double hedged = hedges == null ? Double.NaN : hedges.said(issue, h);
        if (hedges != null) {
            hedges.matured(issue, h, actual);
        }
        int origin = table.step(issue.origin());
        if (!counts(origin, h)) {
            return;
        }
        At at = new At(lines.getOrDefault(issue.course().key(), -1), origin, h);
        double point = issue.middle(h);
        Hit ours = new Hit(at, actual, point, issue.mean(h), point);
        add(tally(Scoreboard.OURS), ours);
        addOurs(tally(Scoreboard.OURS), ours, issue);
        List<String> names = rivals == null ? List.of() : rivals.names();
        for (int i = 0; i < names.size(); i++) {
            double rival = issue.rival(i, h);
            if (!Double.isNaN(rival)) {
                add(tally(names.get(i)), new Hit(at, actual, rival, rival, point));
            }
        }
        if (!Double.isNaN(hedged)) {
            add(tally(Hedges.NAME), new Hit(at, actual, hedged, hedged, point));
        }
    }

    final T tally(String contender) {
        return tallies.computeIfAbsent(contender, name -> begin());
    }

    /** Grades y(t + h) = y(t + h - m ⌈h / m⌉) from the table; m = 1 is persistence. */
    void naive(String name, int season, int horizon) {
        for (int line = 0; line < table.lines().size(); line++) {
            double[] y = table.lines().get(line).values();
            double last = Double.NaN;
            for (int origin = 1; origin < table.length(); origin++) {
                last = Double.isNaN(y[origin - 1]) ? last : y[origin - 1];
                for (int h = 1; h <= horizon && origin + h <= table.length(); h++) {
                    int back = season * ((h + season - 1) / season);
                    int from = origin + h - 1 - back;
                    double f = season == 1 || from < 0 || Double.isNaN(y[from]) ? last : y[from];
                    double actual = y[origin + h - 1];
                    if (counts(origin, h) && !Double.isNaN(actual) && !Double.isNaN(f)) {
                        add(tally(name), new Hit(new At(line, origin, h), actual, f, f, Double.NaN));
                    }
                }
            }
        }
    }

    /** Grades an autoregression that learns as it goes, straight from the table. */
    void regression(int horizon) {
        for (int line = 0; line < table.lines().size(); line++) {
            int of = line;
            double[] y = table.lines().get(line).values();
            new Regression(y, horizon).run((origin, f) -> {
                for (int h = 1; h <= horizon && origin + h <= table.length(); h++) {
                    double actual = y[origin + h - 1];
                    if (counts(origin, h) && !Double.isNaN(actual)) {
                        double said = f[h - 1];
                        add(tally(Regression.NAME), new Hit(new At(of, origin, h), actual, said, said, Double.NaN));
                    }
                }
            });
        }
    }

    Marks marks() {
        Map<String, double[]> rows = new LinkedHashMap<>();
        tallies.forEach((name, tally) -> rows.put(name, figures(tally)));
        return new Marks(columns(), rows);
    }
}
