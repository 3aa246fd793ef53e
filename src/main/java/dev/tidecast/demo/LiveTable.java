package dev.tidecast.demo;

import dev.tidecast.serve.Tally;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The demo's numbers, once a second in place on a terminal, every five seconds as plain lines elsewhere. Terminal: said
 * by the launcher, which can see it; {@code NO_COLOR} asks for plain lines.
 */
public final class LiveTable {
    private static final String FORM = "  %-8s %10s %8s %11s %8s %8s %8s %8s";
    private static final int PLAIN_EVERY = 5;

    private final PrintWriter out;
    private final boolean inPlace;
    private int drawn;
    private int turn;
    private final List<Long> before = new ArrayList<>();

    /** @param inPlace whether new lines are drawn over the old ones */
    public LiveTable(PrintWriter out, boolean inPlace) {
        this.out = out;
        this.inPlace = inPlace;
    }

    /** Whether lines may be drawn over. */
    public static boolean isPossible() {
        String term = System.getenv("TERM");
        return Boolean.getBoolean("tidecast.terminal")
                && System.getenv("NO_COLOR") == null
                && term != null
                && !term.equals("dumb");
    }

    /** Shows how things are now; called once a second. */
    public void show(Stage stage) {
        List<String> lines = lines(stage.shows());
        if (inPlace) {
            StringBuilder text = new StringBuilder();
            if (drawn > 0) {
                text.append("\u001b[").append(drawn).append('A');
            }
            for (String line : lines) {
                text.append("\u001b[2K").append(line).append('\n');
            }
            out.print(text);
            out.flush();
            drawn = lines.size();
        } else if (turn++ % PLAIN_EVERY == 0) {
            lines.forEach(out::println);
            out.flush();
        }
    }

    private List<String> lines(List<Show> shows) {
        List<String> lines = new ArrayList<>();
        if (inPlace || turn == 0) {
            lines.add(form("", "events", "per s", "forecasts", "dead", "error", "naive", "in band"));
        }
        for (int i = 0; i < shows.size(); i++) {
            Show show = shows.get(i);
            if (before.size() <= i) {
                before.add(0L);
            }
            long sent = show.sent();
            long rate = (sent - before.get(i)) / (inPlace || turn == 0 ? 1 : PLAIN_EVERY);
            if (inPlace || turn % PLAIN_EVERY == 0) {
                before.set(i, sent);
            }
            lines.add(line(show, sent, rate));
        }
        return lines;
    }

    private static String line(Show show, long sent, long rate) {
        Tally scores = show.board().allScores();
        long dead = show.board().deadLetters().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return form(
                show.pipeline().name(),
                count(sent),
                count(rate),
                count(show.board().forecasts()),
                count(dead),
                percent(scores.wape()),
                ratio(scores.againstNaive()),
                percent(scores.coverage()));
    }

    private static String form(Object... columns) {
        return String.format(Locale.ROOT, FORM, columns).stripTrailing();
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String percent(double share) {
        return Double.isFinite(share)
                ? String.format(Locale.ROOT, share < 0.1 ? "%.2f %%" : "%.1f %%", 100 * share)
                : "-";
    }

    private static String ratio(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2f", value) : "-";
    }
}
