package dev.tidecast.forecast.state;

import dev.tidecast.forecast.spec.Expert;
import dev.tidecast.forecast.spec.NetSpec;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.series.Autoregression;
import dev.tidecast.series.Horizons;
import dev.tidecast.series.Intermittent;
import dev.tidecast.series.Mixing;
import dev.tidecast.series.Normaliser;
import dev.tidecast.series.Offsets;
import dev.tidecast.series.Ring;
import dev.tidecast.series.Smoothing;
import dev.tidecast.series.Spread;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where each number of a closed key state lies, and the arithmetic bound to those places. One per forecaster, shared by
 * all keys and threads.
 *
 * <pre>
 *   floats of a series state
 *   0                  last value observed (ln y for POSITIVE and PRICE)
 *   NORMALISER         level, scale, 1 + seasons roughnesses                          {@link Normaliser}
 *   SPREAD             one width per horizon group, then one factor per season slot   {@link Spread}
 *   OFFSETS            nine per horizon group                                         {@link Offsets}
 *   SMOOTHING          level, deviation, a factor per season slot; or level and trend  {@link Smoothing}
 *   INTERMITTENT       chance and size                                                {@link Intermittent}
 *   MIXING             a mean error per expert and horizon group                      {@link Mixing}
 *   RESIDUALS          the last 8 errors of smoothing one step ahead, newest first, then the last 8 of the second group
 *   RECURRENT          the network's state
 *   RING               the last values as they were, as many as lags, seasons and horizon reach back   {@link Ring}
 *   PENDING            per group R places of 9, R its representative step: the forecast issued at origin o for
 *                      step R lies at place o mod R until that step closes:
 *                      [location][width below, 0 = none][width above][lowest][middle][highest shown quantile,
 *                      NaN = not issued][network, NaN = none][smoothing][intermittent or autoregression]
 *   TOTALS             only if totals are forecast: nine offsets per group, and per group R places of 2:
 *                      [total expected up to step R][its width, 0 = none]
 * </pre>
 */
public final class Layout {
    public static final int LAST = 0;
    static final int PENDING_SIZE = 9;
    public static final int PENDING_LOCATION = 0;
    public static final int PENDING_BELOW = 1;
    public static final int PENDING_ABOVE = 2;
    /** Lowest, middle, highest, one after the other. */
    public static final int PENDING_SHOWN = 3;

    public static final int PENDING_NETWORK = 6;
    public static final int PENDING_SMOOTHING = 7;
    public static final int PENDING_THIRD = 8;
    private static final int TOTAL_SIZE = 2;
    /** How many residuals are kept of each of two groups. */
    public static final int RESIDUALS = 8;

    public static final int RESIDUAL_GROUPS = 2;
    private static final int LEAST_MEMORY = 28;

    public final Horizons horizons;
    public final int[] seasons;
    /** The shortest season; 1: none. */
    public final int season;
    /** How far back the second seasonal expert looks; 0: there is no season. */
    public final int longLag;

    public final Normaliser normaliser;
    public final Spread spread;
    public final Offsets offsets;
    public final Smoothing smoothing;
    public final Intermittent intermittent;
    public final Mixing mixing;
    /** Its state is the doubles of a series state; null for sales and prices. */
    public final @Nullable Autoregression autoregression;

    /** Where the effects of what is known in advance lie among the doubles. */
    public final int effects;

    private final int effectsSize;

    public final int residuals;
    public final int recurrent;
    public final Ring ring;
    /** How many floats. */
    public final int size;

    /** Offsets of sums up to a step; null unless they are forecast. */
    public final @Nullable Offsets totals;

    private final Map<String, Integer> bytes = new LinkedHashMap<>();
    private final int[] pending;
    private final int[] pendingTotals;
    private int taken;

    /**
     * What others keep in a state.
     *
     * @param recurrent floats of the network's state
     * @param reach how many past values the network reads
     * @param effects doubles of what is known in advance
     */
    public record Needs(int recurrent, int reach, int effects) {}

    public Layout(Settings settings, Needs needs) {
        TargetKind kind = settings.kind();
        this.horizons = new Horizons(settings.horizon());
        this.seasons = settings.seasons();
        this.season = settings.season();
        this.longLag = season == 1 ? 0 : seasons.length == 1 ? 2 * season : seasons[seasons.length - 1];
        boolean price = kind == TargetKind.PRICE;
        take("last value", LAST + 1);
        int memory = Math.max(LEAST_MEMORY, seasons[seasons.length - 1]);
        normaliser = new Normaliser(
                take("level and scale", Normaliser.size(seasons.length)), memory, seasons.length, manner(settings));
        spread = new Spread(
                take("usual errors", Spread.size(season, horizons)), season, horizons, price, price ? .06 : .02);
        offsets = new Offsets(take("calibration", Offsets.size(horizons)), horizons, price);
        smoothing = Smoothing.of(
                take("smoothing", Smoothing.size(season, kind.multiplies())),
                season,
                kind.multiplies(),
                Grain.of(season).pace,
                settings.horizon());
        intermittent = new Intermittent(take("intermittent", Intermittent.SIZE));
        mixing = new Mixing(
                take("mix", Mixing.size(Expert.COUNT, horizons)), Expert.COUNT, horizons, kind == TargetKind.REAL);
        residuals = take("residuals", RESIDUAL_GROUPS * RESIDUALS);
        recurrent = take("network", needs.recurrent);
        boolean regresses = !price && kind != TargetKind.COUNT && (kind != TargetKind.NONNEG || isFlow());
        autoregression = regresses ? new Autoregression(seasons, settings.horizon()) : null;
        effects = autoregression == null ? 0 : autoregression.size();
        effectsSize = needs.effects;
        int back =
                Math.max(needs.reach, Math.max(longLag + season, autoregression == null ? 0 : autoregression.reach()));
        ring = new Ring(take("last values", back + settings.horizon()), back + settings.horizon());
        pending = places("forecasts that wait", PENDING_SIZE);
        totals = settings.totals() ? new Offsets(take("totals", Offsets.size(horizons)), horizons, false) : null;
        pendingTotals = places("totals that wait", totals == null ? 0 : TOTAL_SIZE);
        size = taken;
    }

    /** Amounts of coarse steps are sales; amounts of fine steps are loads and flows. */
    private boolean isFlow() {
        return Grain.of(season) == Grain.FINE;
    }

    private int take(String part, int floats) {
        int at = taken;
        taken += floats;
        bytes.put(part, Float.BYTES * floats);
        return at;
    }

    /** As many places per group as its representative step is ahead. */
    private int[] places(String part, int floats) {
        int[] places = new int[horizons.groups()];
        int from = taken;
        for (int g = 0; g < places.length; g++) {
            places[g] = take(part, horizons.representative(g) * floats);
        }
        bytes.put(part, Float.BYTES * (taken - from));
        return places;
    }

    /** What takes how many bytes of a state, in the order it lies there, the ring's flags and doubles at the end. */
    public Map<String, Integer> bytes() {
        Map<String, Integer> all = new LinkedHashMap<>(bytes);
        all.put("autoregression", Double.BYTES * effects);
        all.put("effects of what is known", Double.BYTES * effectsSize);
        all.put("flags of the last values", flagBytes());
        all.values().removeIf(count -> count == 0);
        return all;
    }

    private static Normaliser.Manner manner(Settings settings) {
        NetSpec net = settings.net();
        if (net != null && !net.form().scaling()) {
            return Normaliser.Manner.NONE;
        }
        return switch (settings.kind()) {
            case COUNT, NONNEG -> new Normaliser.Manner(false, .05, 0);
            case REAL -> new Normaliser.Manner(false, 1e-4, 1e-9);
            case POSITIVE -> new Normaliser.Manner(false, 0, .01);
            case PRICE -> new Normaliser.Manner(true, 0, 1e-4);
        };
    }

    /** The place of the forecast that a group issued (or will issue) at an origin. */
    public int pending(int group, long origin) {
        return pending[group] + Math.floorMod(origin, horizons.representative(group)) * PENDING_SIZE;
    }

    /** The place of the total that a group issued (or will issue) at an origin. */
    public int pendingTotal(int group, long origin) {
        return pendingTotals[group] + Math.floorMod(origin, horizons.representative(group)) * TOTAL_SIZE;
    }

    /** The slot of a step in the shortest season. */
    public int slot(long index) {
        return Math.floorMod(index, season);
    }

    /** Forgets every forecast that waits for its actual. */
    public void clearPending(float[] s) {
        Arrays.fill(s, pending[0], endOfPending(), 0);
        Arrays.fill(s, pendingTotals[0], size, 0);
    }

    /** Keeps waiting forecasts for learning but no longer for report. */
    public void forgetShown(float[] s) {
        for (int at = pending[0]; at < endOfPending(); at += PENDING_SIZE) {
            Arrays.fill(s, at + PENDING_SHOWN, at + PENDING_NETWORK, Float.NaN);
        }
    }

    private int endOfPending() {
        int last = pending.length - 1;
        return pending[last] + horizons.representative(last) * PENDING_SIZE;
    }

    /** The third expert whose forecasts are kept until they mature. */
    public Expert third() {
        return autoregression == null ? Expert.INTERMITTENT : Expert.AUTOREGRESSION;
    }

    /** How many doubles. */
    public int doubles() {
        return effects + effectsSize;
    }

    public int flagBytes() {
        return Ring.flagBytes(ring.length());
    }
}
