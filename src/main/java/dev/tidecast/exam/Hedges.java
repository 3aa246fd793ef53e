package dev.tidecast.exam;

import dev.tidecast.backtest.Issue;
import dev.tidecast.series.Horizons;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A baseline for the mix itself: the same experts, mixed by {@link Hedge} per key and horizon group instead. All else is as in
 * the mix: a group is judged at its middle step, and between groups weights are blended along the logarithm of the step.
 * Worked out by the scorer alone; a forecast is mixed with the weights as they stood when it left.
 */
final class Hedges {
    /** Its name among the contenders. */
    static final String NAME = "the data: fixed-share Hedge of the experts";

    private final Hedge.Pace pace;
    private final Horizons horizons;
    private final int experts;
    private final int first;
    private final Map<String, Book> books = new HashMap<>();

    Hedges(Hedge.Pace pace, int horizon, int experts, int first) {
        this.pace = pace;
        this.horizons = new Horizons(horizon);
        this.experts = experts;
        this.first = first;
    }

    /** The weights of one key: as they are, and as they were at each origin that waits. */
    private final class Book {
        private final Hedge[] groups = new Hedge[horizons.groups()];
        private final double[][] then = new double[horizons.horizon()][groups.length * experts];
        private final long[] origins = new long[horizons.horizon()];

        Book() {
            Arrays.fill(origins, Long.MIN_VALUE);
            for (int g = 0; g < groups.length; g++) {
                groups[g] = new Hedge(pace, experts, first);
            }
        }

        int place(Issue issue) {
            return (int) Math.floorMod(issue.index(), (long) origins.length);
        }
    }

    /** A forecast leaves: its weights are settled. */
    void issued(Issue issue) {
        Book book = books.computeIfAbsent(issue.course().key(), key -> new Book());
        int place = book.place(issue);
        book.origins[place] = issue.index();
        for (int g = 0; g < book.groups.length; g++) {
            book.groups[g].weights(book.then[place], g * experts);
        }
    }

    /** What was said of step h; NaN if no expert had a word. */
    double said(Issue issue, int h) {
        Book book = books.get(issue.course().key());
        if (book == null || book.origins[book.place(issue)] != issue.index()) {
            return Double.NaN;
        }
        double[] weights = book.then[book.place(issue)];
        int group = horizons.toward(h);
        double share = group == 0 ? 1 : horizons.share(h);
        double said = share * mixed(issue, h, weights, group);
        return share < 1 ? said + (1 - share) * mixed(issue, h, weights, group - 1) : said;
    }

    private double mixed(Issue issue, int h, double[] weights, int group) {
        double sum = 0;
        double all = 0;
        double even = 0;
        int present = 0;
        for (int k = 0; k < experts; k++) {
            double rival = issue.rival(k, h);
            if (!Double.isNaN(rival)) {
                sum += weights[group * experts + k] * rival;
                all += weights[group * experts + k];
                even += rival;
                present++;
            }
        }
        // At birth all weight may lie on one that has no word yet.
        return all > 0 ? sum / all : even / present;
    }

    /** Step h of a forecast has met its actual. */
    void matured(Issue issue, int h, double actual) {
        Book book = books.get(issue.course().key());
        int group = horizons.group(h);
        if (book == null || h != horizons.representative(group)) {
            return;
        }
        double[] errors = new double[experts];
        for (int k = 0; k < experts; k++) {
            errors[k] = actual - issue.rival(k, h);
        }
        book.groups[group].learn(errors);
    }
}
