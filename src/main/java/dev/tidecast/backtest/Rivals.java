package dev.tidecast.backtest;

import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.forecast.spec.Settings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a forecast is held against: the experts it was mixed from, by the names they have in the mix, and two baselines
 * that are worked out here from the actuals where no expert of that name is there:
 *
 * <pre>
 *   persistence       the last observed value
 *   seasonal_naive    the last value of the same phase of the first season
 *   autoregression    if asked for: {@link Regressions}, where the forecaster has none (sales, prices)
 * </pre>
 *
 * Judged are quantiles as they are shown: whole numbers where the target counts things.
 */
public final class Rivals {
    public static final String PERSISTENCE = "persistence";
    public static final String SEASONAL_NAIVE = "seasonal_naive";
    public static final String AUTOREGRESSION = "autoregression";
    private static final double TIE = 1e-9;

    private final Settings settings;
    private final int season;
    private final int median;
    private final boolean autoregresses;
    private List<String> names = List.of();
    private int experts;
    private boolean known;
    private @Nullable Regressions regressions;
    private int regression = -1;

    Rivals(Forecaster forecaster) {
        this.settings = forecaster.settings();
        this.autoregresses = forecaster.autoregresses();
        this.season = settings.season();
        double[] levels = settings.quantiles();
        int found = -1;
        for (int i = 0; i < levels.length; i++) {
            found = Math.abs(levels[i] - .5) < TIE ? i : found;
        }
        this.median = found;
    }

    /** Has an autoregression worked out where none is among the experts. To be called before the first forecast. */
    public void regress() {
        regressions = autoregresses ? null : new Regressions(settings);
    }

    /** Steps of the season that scaled errors and the seasonal naive use: the first; 1 where there is none. */
    public int season() {
        return season;
    }

    /** The names, in the order of {@link Issue#rival}; settled when the first forecast has been issued. */
    public List<String> names() {
        return names;
    }

    /** How many of the names, the first ones, are those of the experts of the mix. */
    public int experts() {
        return experts;
    }

    /** The rival skill is told against: the seasonal naive where there is a season, else persistence. */
    public String reference() {
        return season > 1 ? SEASONAL_NAIVE : PERSISTENCE;
    }

    Issue issue(Course course, Forecast forecast) {
        if (!known) {
            settle(forecast);
        }
        int horizon = forecast.horizon();
        int levels = forecast.levels().length;
        Issue.Shape shape = new Issue.Shape(horizon, levels, names.size());
        Issue issue = course.issue(shape, forecast.origin());
        double[] said = forecast.experts() == null ? null : forecast.experts().get();
        for (int h = 1; h <= horizon; h++) {
            issue.middle(h, median < 0 ? forecast.mean(h) : shown(forecast, h, median));
            issue.mean(h, forecast.mean(h));
            for (int i = 0; i < levels; i++) {
                issue.quantile(h, i, shown(forecast, h, i));
            }
            rivals(course, said, issue, h);
        }
        if (regressions != null) {
            double[] expected = regressions.expected(course);
            for (int h = 1; h <= horizon; h++) {
                issue.rival(regression, h, expected[h - 1]);
            }
        }
        return issue;
    }

    private void rivals(Course course, double @Nullable [] said, Issue issue, int h) {
        for (int i = 0; i < names.size(); i++) {
            if (said != null && i < experts) {
                issue.rival(i, h, said[i * issue.horizon() + h - 1]);
            } else {
                boolean persistence = names.get(i).equals(PERSISTENCE);
                issue.rival(i, h, persistence ? course.last() : course.seasonal(h));
            }
        }
    }

    /** A quantile as it is written. */
    private static double shown(Forecast forecast, int h, int level) {
        double q = forecast.quantile(h, level);
        return forecast.whole() ? Math.rint(q) : q;
    }

    /** An expert that never has a word of its own is none to be judged: the network where there is no network. */
    private void settle(Forecast forecast) {
        known = true;
        List<String> all = new ArrayList<>(
                forecast.experts() == null ? List.of() : forecast.mix().names());
        experts = all.size();
        for (String own : season > 1 ? List.of(PERSISTENCE, SEASONAL_NAIVE) : List.of(PERSISTENCE)) {
            if (!all.contains(own)) {
                all.add(own);
            }
        }
        regression = all.indexOf(AUTOREGRESSION);
        names = List.copyOf(all);
    }
}
