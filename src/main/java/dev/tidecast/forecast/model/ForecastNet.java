package dev.tidecast.forecast.model;

import dev.tidecast.forecast.spec.NetSpec;
import dev.tidecast.kernel.Kernels;
import dev.tidecast.nn.Cell;
import dev.tidecast.nn.Direction;
import dev.tidecast.nn.Graph;
import dev.tidecast.nn.Initialiser;
import dev.tidecast.nn.Network;
import dev.tidecast.nn.Param;
import dev.tidecast.nn.Slot;
import dev.tidecast.series.Grid;
import java.util.Arrays;
import java.util.List;

/**
 * The network of a forecaster: a linear road from all features to the medians, and a cell that learns what the road misses
 * and how wide the quantiles lie.
 *
 * <pre>
 *   u = tanh(P x + p)          v = cell(u)
 *   m = A x + b                                              the highway, one median per step ahead
 *   o = O v + c,  O = 0 at the start                         steps × 9
 *   q(h, middle) = m(h) + o(h, middle)                       q(h, i ± 1) = q(h, i) ± softplus(o(h, i ± 1))
 * </pre>
 *
 * Several members of the same shape, trained from different seeds, answer together by the mean of each number.
 * Keys that are kin may have a road of their own beside the highway ({@link #beside}): it moves all quantiles of a step alike.
 * Outputs are normalised: z = level + scale × q. They lie step by step, [(h - 1) × 9 + i], and never cross.
 */
public final class ForecastNet {
    private static final String ROAD = "road";
    /** softplus of this is .33: nine levels then span about the middle of a standardised error. */
    private static final float FIRST_STEP = -.93f;

    private final Network member;
    private final Kernels kernels = Kernels.chosen();
    private final Network network;
    private final int members;
    private final int horizon;
    private final int window;
    private final int rebuilt;

    public ForecastNet(NetSpec spec, int inputs, int horizon) {
        this.horizon = horizon;
        this.members = spec.form().members();
        this.member = Network.of(inputs, wiring(spec, horizon));
        this.network = members == 1 ? member : Network.of(inputs, together(spec, horizon));
        this.window = network.recurrent() ? 1 : spec.window();
        this.rebuilt = network.recurrent() && !spec.form().carrying() ? spec.window() : 0;
    }

    private static Cell wiring(NetSpec spec, int horizon) {
        return (g, x) -> {
            Slot v = g.in("cell", () -> spec.cell().wire(g, g.tanh(g.affine("project", spec.project(), x))));
            return head(g, x, v, horizon, spec.form().highway());
        };
    }

    /** One after the other, each with weights of its own: those of the k-th lie behind those of all before it. */
    private Cell together(NetSpec spec, int horizon) {
        return (g, x) -> {
            Slot[] said = new Slot[members];
            for (int k = 0; k < members; k++) {
                if (k > 0 && !member.recurrent()) {
                    g.stage(Direction.FORWARD, 1, 0);
                }
                said[k] = g.in(Integer.toString(k), () -> wiring(spec, horizon).wire(g, x));
            }
            return g.mean(said);
        };
    }

    private static Slot head(Graph g, Slot x, Slot v, int horizon, boolean highway) {
        Slot offsets = g.affine("offsets", horizon * Grid.SIZE, v);
        g.start("offsets.w0", Initialiser.constant(0f));
        g.start("offsets.bias", (w, param, draws) -> {
            for (int i = 0; i < param.size(); i++) {
                w[param.offset() + i] = i % Grid.SIZE == Grid.MEDIAN ? 0 : FIRST_STEP;
            }
        });
        return highway ? g.spread(Grid.SIZE, offsets, g.affine(ROAD, horizon, x)) : g.spread(Grid.SIZE, offsets);
    }

    /** All members and the mean of what they say. */
    public Network network() {
        return network;
    }

    /** One of them: what is learnt. */
    public Network member() {
        return member;
    }

    public int members() {
        return members;
    }

    /** The weights of one member among those of all. */
    public float[] member(int k, float[] all) {
        return Arrays.copyOfRange(all, k * member.weights(), (k + 1) * member.weights());
    }

    /** The weights of all members. */
    public float[] together(List<float[]> each) {
        if (each.size() != members) {
            throw new IllegalArgumentException("found weights of " + each.size() + " members, not " + members);
        }
        float[] all = new float[network.weights()];
        for (int k = 0; k < members; k++) {
            System.arraycopy(each.get(k), 0, all, k * member.weights(), member.weights());
        }
        return all;
    }

    public int inputs() {
        return network.inputs();
    }

    public int horizon() {
        return horizon;
    }

    /** How many steps it is shown at once: 1 if it recurs. */
    public int window() {
        return window;
    }

    /** Over how many steps its state is rebuilt at every step; 0 where it is carried or there is none. */
    public int rebuilt() {
        return rebuilt;
    }

    /** What a key keeps for it, in floats: its state, or how many steps it has read and what it read in the last of them. */
    public int kept() {
        return rebuilt == 0 ? network.stateSize() : 1 + rebuilt * inputs();
    }

    /** The highway inside the flat weights of a member: inputs × steps, input-major, then its bias; nothing where there is none. */
    public List<Param> road() {
        return member.params().stream()
                .filter(p -> p.name().equals(ROAD + ".w0") || p.name().equals(ROAD + ".bias"))
                .toList();
    }

    /** What a road of inputs + 1 rows, input-major, the last row the bias, adds to the medians. */
    public float[] beside(float[] road, float[] x, int at) {
        float[] y = Kernels.floats(horizon);
        System.arraycopy(road, inputs() * horizon, y, 0, horizon);
        for (int i = 0; i < inputs(); i++) {
            kernels.axpy(x[at + i], road, i * horizon, y, 0, horizon);
        }
        return y;
    }

    /** The highway of flat weights, as {@link #startRoad} takes it. */
    public float[] road(float[] w) {
        float[] map = new float[(inputs() + 1) * horizon];
        int at = 0;
        for (Param param : road()) {
            System.arraycopy(w, param.offset(), map, at, param.size());
            at += param.size();
        }
        return map;
    }

    /** Writes a linear map into the highway: inputs + 1 rows of one number per step, the last row the bias. */
    public void startRoad(float[] w, float[] map) {
        int at = 0;
        for (Param param : road()) {
            System.arraycopy(map, at, w, param.offset(), param.size());
            at += param.size();
        }
    }
}
