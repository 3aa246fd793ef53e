package dev.tidecast.cli;

import dev.tidecast.learn.Progress;
import dev.tidecast.learn.Trained;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How far training is, the losses, how long still, the course of the loss. On a terminal one line, rewritten after every pass;
 * elsewhere a line at the end of a pass, every ten seconds at most. {@code train} and {@code evaluate} tell it of every pass.
 */
final class TrainingLine {
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final int LONGEST = 40;

    private final PrintWriter err;
    private final Pace pace;
    private final long began;
    private final List<Double> losses = new ArrayList<>();

    TrainingLine(PrintWriter err) {
        this(err, new Pace(System::nanoTime, Boolean.getBoolean("tidecast.terminal")));
    }

    TrainingLine(PrintWriter err, Pace pace) {
        this.err = err;
        this.pace = pace;
        this.began = pace.now();
    }

    void pass(Progress pass) {
        losses.add(Double.isNaN(pass.validation()) ? pass.loss() : pass.validation());
        if (pace.terminal() || pace.due()) {
            pace.say(err, text(pass, (pace.now() - began) / 1e9, losses));
        }
    }

    /** How far it is after so many seconds, and how long it takes still if it goes on as so far. */
    static String text(Progress pass, double seconds, List<Double> losses) {
        return String.format(
                Locale.ROOT,
                "%spass %d of %d  loss %.4f%s  %d s left  %s",
                pass.trainings() == 1 ? "" : "training " + pass.training() + " of " + pass.trainings() + ", ",
                pass.pass(),
                pass.passes(),
                pass.loss(),
                Double.isNaN(pass.validation())
                        ? ""
                        : String.format(Locale.ROOT, "  held back %.4f", pass.validation()),
                Math.round(seconds * (1 - pass.share()) / pass.share()),
                sparkline(losses));
    }

    void end() {
        pace.end(err);
    }

    /** How training went, in a line. */
    static String summary(Trained trained) {
        List<Double> losses = trained.course().stream().map(Progress::loss).toList();
        Progress last = trained.course().get(trained.course().size() - 1);
        String held = Double.isNaN(trained.validation())
                ? "nothing held back"
                : String.format(
                        Locale.ROOT,
                        "held back %.4f → %.4f, weights of pass %d",
                        trained.start(),
                        trained.validation(),
                        trained.chosen());
        String refused = last.refused() == 0 ? "" : ", " + last.refused() + " gradients refused";
        return String.format(
                Locale.ROOT,
                "%d passes  loss %.4f → %.4f %s  %s%s",
                last.pass(),
                losses.get(0),
                last.loss(),
                sparkline(losses),
                held,
                refused);
    }

    /** A bar per number, the lowest number the lowest bar; of too many, evenly chosen ones. */
    static String sparkline(List<Double> numbers) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double number : numbers) {
            low = Math.min(low, number);
            high = Math.max(high, number);
        }
        int count = Math.min(LONGEST, numbers.size());
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < count; i++) {
            double number = numbers.get((int) ((long) i * numbers.size() / count));
            double height = high > low ? (number - low) / (high - low) : 0;
            line.append(BARS.charAt((int) Math.round(height * (BARS.length() - 1))));
        }
        return line.toString();
    }
}
