package dev.tidecast.forecast.close;

import dev.tidecast.forecast.state.Domain;
import dev.tidecast.forecast.state.Layout;
import java.util.Arrays;

/**
 * The history of one key as the network reads it: what the fold, run without a network, held after each closed step.
 * {@code Rehearsal} makes it and the trainer reads it. {@link #features} is the same function that the live step uses.
 */
public final class Track {
    private static final int FIRST_ROOM = 256;

    private final String key;
    private final long first;
    private final Features features;
    private final Layout layout;
    private final Domain domain;
    /** As features read them; `inner` as targets are made of them, which for a logarithm differs in the last bits. */
    private float[] values = new float[FIRST_ROOM];

    private final float[] newest = new float[1];
    private float[] inner = new float[FIRST_ROOM];
    private boolean[] observed = new boolean[FIRST_ROOM];
    private double[] levels = new double[FIRST_ROOM];
    private double[] scales = new double[FIRST_ROOM];
    private boolean[] sized = new boolean[FIRST_ROOM];
    private float[][] extras = new float[FIRST_ROOM][];
    private int steps;

    Track(String key, long first, Parts parts, Features features) {
        this.key = key;
        this.first = first;
        this.features = features;
        this.layout = parts.layout;
        this.domain = parts.domain;
    }

    /** Adds what a state says after its last step. */
    public void add(LiveState s) {
        if (steps == values.length) {
            int room = 2 * steps;
            values = Arrays.copyOf(values, room);
            inner = Arrays.copyOf(inner, room);
            observed = Arrays.copyOf(observed, room);
            levels = Arrays.copyOf(levels, room);
            scales = Arrays.copyOf(scales, room);
            sized = Arrays.copyOf(sized, room);
            extras = Arrays.copyOf(extras, room);
        }
        newest[0] = layout.ring.value(s.numbers, s.next - 1);
        inner[steps] = (float) domain.inner(newest[0]);
        domain.inner(newest, 1);
        values[steps] = newest[0];
        observed[steps] = !layout.ring.filled(s.flags, s.next - 1);
        levels[steps] = layout.normaliser.level(s.numbers);
        scales[steps] = layout.normaliser.scale(s.numbers);
        sized[steps] = layout.normaliser.sized(s.numbers);
        extras[steps] = new float[features.extras()];
        features.extras(s, s.experts(), extras[steps], 0);
        steps++;
    }

    public String key() {
        return key;
    }

    public int steps() {
        return steps;
    }

    /** Writes what the network reads after step t has closed (from 0). */
    public void features(int t, float[] x, int at) {
        features(t, 0, x, at);
    }

    /** The same as seen `back` steps before the end of a window that ends at t. */
    public void features(int t, int back, float[] x, int at) {
        features.lags(
                new Features.Past(values, 0), new Features.Stand(t - back, t - back + 1, levels[t], scales[t]), x, at);
        System.arraycopy(extras[t], 0, x, at + features.size() - features.extras(), features.extras());
    }

    /** Whether step t has a value of its own: only then may it be learnt from. */
    public boolean observed(int t) {
        return observed[t];
    }

    /**
     * Step t + h (h from 1) as the network should say it at t; NaN beyond the end and where nothing was observed. As long as a key
     * has had only zeros there is no unit to say another number in.
     */
    public float target(int t, int h) {
        int to = t + h;
        boolean told = to < steps && observed[to] && (sized[t] || inner[to] == 0);
        return told ? (float) ((inner[to] - levels[t]) / scales[t]) : Float.NaN;
    }

    /** The bucket index of step t. */
    public long index(int t) {
        return first + t;
    }
}
