package dev.tidecast.forecast.close;

import dev.tidecast.forecast.answer.Score;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.spec.Expert;
import dev.tidecast.forecast.spec.Missing;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.state.Domain;
import dev.tidecast.forecast.state.Layout;
import dev.tidecast.forecast.state.OpenState;
import dev.tidecast.forecast.state.SeriesState;
import dev.tidecast.series.Grid;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a key when one of its buckets closes, in four stages:
 *
 * <pre>
 *   score    the forecasts that were sent for this bucket meet its actual       reads the state
 *   judge    they teach the mix, the widths and the calibration                 {@link Judging}
 *   absorb   experts, ring, normaliser and network take the value in            {@link Absorbing}
 *   issue    what is forecast now is kept until its actual is known             {@link #issue}
 * </pre>
 *
 * {@link #take} does the second and the third. The fold calls the stages for each bucket that is due; training does too, without
 * the first. Shared by all threads.
 */
public final class Close {
    private final Settings settings;
    private final Parts parts;
    private final Layout layout;
    private final Domain domain;
    private final Effects effects;
    private final Outlook outlook;
    private final Censored censored;
    private final Scoring scoring;
    private final Judging judging;
    private final Absorbing absorbing;
    private final int[] picks;

    public Close(Parts parts) {
        this.parts = parts;
        this.settings = parts.settings;
        this.layout = parts.layout;
        this.domain = parts.domain;
        this.effects = parts.effects;
        this.outlook = parts.outlook;
        this.censored = new Censored(parts);
        this.scoring = new Scoring(parts);
        this.judging = new Judging(settings.kind(), layout, domain);
        this.absorbing = new Absorbing(parts);
        this.picks = Scoring.picks(settings.quantiles());
    }

    /** What is forecast at a close: what is seen, and its numbers where the forecast is sent. */
    public record Issued(Outlook.View view, @Nullable Page page) {}

    /** A key before its first step. */
    public LiveState birth(String key, long next) {
        return new LiveState(parts, SeriesState.birth(layout, next, parts.shownLevels()), effects.ahead(key));
    }

    /** A key that goes on. Waiting forecasts that were issued under other shown levels teach on, but are no longer scored. */
    public LiveState meet(String key, SeriesState kept) {
        LiveState s = new LiveState(parts, kept, effects.ahead(key));
        float[] levels = parts.shownLevels();
        if (!Arrays.equals(levels, s.levels)) {
            layout.forgetShown(s.numbers);
            System.arraycopy(levels, 0, s.levels, 0, levels.length);
        }
        return s;
    }

    /** Without buckets: the step that comes now is of this moment. */
    public void reach(LiveState s, long moment) {
        s.time = moment;
    }

    /** How the forecasts that were sent for the first open bucket have done; empty where nobody knows what it came to. */
    public List<Score.Matured> score(LiveState s, OpenState.@Nullable Slot slot) {
        return isSilent(slot) || isAtLeast(slot) ? List.of() : scoring.matured(s, actual(slot));
    }

    /** What a bucket has come to: 0 without events. */
    public double actual(OpenState.@Nullable Slot slot) {
        return slot == null ? 0 : slot.result(settings.buckets().aggregate());
    }

    /** Judges by the first open bucket and absorbs it. */
    public void take(Model model, LiveState s, OpenState.@Nullable Slot slot) {
        if (isSilent(slot)) {
            absorbing.takeSilent(model, s);
        } else if (isAtLeast(slot)) {
            takeAtLeast(model, s, actual(slot));
        } else {
            take(model, s, actual(slot));
        }
    }

    /** No event says anything of the bucket. */
    private boolean isSilent(OpenState.@Nullable Slot slot) {
        return slot == null && settings.missing() != Missing.ZERO;
    }

    /** The shelf ran empty: more would have been sold. */
    private static boolean isAtLeast(OpenState.@Nullable Slot slot) {
        return slot != null && slot.censored();
    }

    /**
     * What was known to be unusual about the step is taken off the value twice. The forecasts are judged by the value without
     * the effects that were known when they were made. Then the step teaches the effects, and what is kept of the value is
     * without the effects as they are known now, which is more accurate.
     */
    private void take(Model model, LiveState s, double actual) {
        judging.judge(model, s, effects.clean(s, actual));
        effects.learn(s, domain.inner(domain.clamp(actual)));
        double kept = domain.clamp(effects.clean(s, actual));
        parts.totals.learn(s, kept);
        absorbing.take(model, s, kept);
    }

    private void takeAtLeast(Model model, LiveState s, double actual) {
        double[] z = new double[Grid.SIZE];
        double least = effects.clean(s, actual);
        outlook.waitingUsual(s, z);
        censored.calibrate(model, s, least);
        absorbing.takeAtLeast(model, s, least, z);
    }

    /** Takes many buckets without events in as one gap. */
    public void takeGap(Model model, LiveState s, long buckets) {
        absorbing.takeGap(model, s, buckets);
    }

    /**
     * Keeps what is forecast for the representative steps until they close.
     *
     * @param sent whether the forecast is sent: a close that is followed by another at once tells nobody
     */
    public Issued issue(Model model, LiveState s, boolean sent) {
        Outlook.View view = outlook.view(model, s);
        double[] z = new double[Grid.SIZE];
        double[] q = new double[Grid.SIZE];
        for (int g = 0; g < layout.horizons.groups(); g++) {
            int h = layout.horizons.representative(g);
            view.at(h).inner(h, z);
            outlook.outer(z, q);
            int at = layout.pending(g, s.next);
            s.numbers[at + Layout.PENDING_LOCATION] = (float) view.location;
            s.numbers[at + Layout.PENDING_BELOW] = (float) view.below;
            s.numbers[at + Layout.PENDING_ABOVE] = (float) view.above;
            s.numbers[at + Layout.PENDING_NETWORK] = (float) view.values[Expert.NETWORK.ordinal()];
            s.numbers[at + Layout.PENDING_SMOOTHING] = (float) view.values[Expert.SMOOTHING.ordinal()];
            s.numbers[at + Layout.PENDING_THIRD] =
                    (float) view.values[layout.third().ordinal()];
            for (int i = 0; i < picks.length; i++) {
                s.numbers[at + Layout.PENDING_SHOWN + i] = sent ? (float) parts.shown.read(q, picks[i]) : Float.NaN;
            }
        }
        s.versions = s.versions.with(model.version(), s.next, layout.horizons.horizon());
        if (!sent) {
            parts.totals.clear(s);
        }
        return new Issued(view, sent ? page(s, view) : null);
    }

    private Page page(LiveState s, Outlook.View view) {
        Page page = parts.page(new double[Grid.SIZE], new double[Grid.SIZE]);
        page.writeFrom(view, 0);
        if (settings.totals()) {
            issueTotals(s, view, page);
        }
        return page;
    }

    /** Sums wait without what is unusual about their steps, as the values do that they will meet. */
    private void issueTotals(LiveState s, Outlook.View view, Page page) {
        double[] means = page.means.clone();
        double[] widths = page.widths.clone();
        double[] z = new double[Grid.SIZE];
        double[] q = new double[Grid.SIZE];
        for (int h = 1; h <= page.horizon; h++) {
            if (!Double.isNaN(view.effect(h))) {
                view.at(h).usual(h, z);
                outlook.outer(z, q);
                means[h - 1] = Grid.mean(q);
                widths[h - 1] = Totals.width(q);
            }
        }
        parts.totals.issue(s, means, widths);
    }
}
