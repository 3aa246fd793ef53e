package dev.tidecast.learn;

import dev.tidecast.nn.Cell;
import dev.tidecast.nn.Draws;
import dev.tidecast.nn.Network;
import dev.tidecast.nn.Param;
import dev.tidecast.nn.cell.Cells;
import dev.tidecast.nn.cell.Highway;
import dev.tidecast.series.Grid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Made keys whose season changes shape with its height, and a small network that reads the last season. */
final class Made {
    static final int SEASON = 8;
    static final int HORIZON = 4;

    private Made() {}

    static Student student() {
        return new Student(new Highway(Cells.of("gru", new int[] {6}, Map.of()), HORIZON * Grid.SIZE), true);
    }

    /** Reads its window again at every step. */
    static Student windowed() {
        return new Student(Cells.of("bidirectional", new int[] {6}, Map.of("of", "gru")), false);
    }

    static final class Student implements Learner {
        private final Network network;
        private final boolean highway;

        Student(Cell cell, boolean highway) {
            this.highway = highway;
            network = Network.of(SEASON, highway ? (g, x) -> g.spread(Grid.SIZE, cell.wire(g, x)) : head(cell));
        }

        private static Cell head(Cell cell) {
            return (g, x) -> g.spread(Grid.SIZE, g.affine("head", HORIZON * Grid.SIZE, cell.wire(g, x)));
        }

        @Override
        public Network network() {
            return network;
        }

        @Override
        public int horizon() {
            return HORIZON;
        }

        @Override
        public int window() {
            return highway ? 1 : 12;
        }

        @Override
        public int longestLag() {
            return SEASON;
        }

        @Override
        public List<Param> highway() {
            return network.params().stream()
                    .filter(p -> highway && p.name().equals("y.w0"))
                    .toList();
        }

        @Override
        public float[] highway(float[] w) {
            float[] map = new float[(SEASON + 1) * HORIZON];
            int at = highway().get(0).offset();
            for (int i = 0; i < SEASON * HORIZON; i++) {
                map[i] = w[at + i * Grid.SIZE + Grid.MEDIAN];
            }
            return map;
        }

        @Override
        public float[] beside(float[] road, float[] x) {
            float[] y = Arrays.copyOfRange(road, SEASON * HORIZON, road.length);
            for (int i = 0; i < SEASON * HORIZON; i++) {
                y[i % HORIZON] += road[i] * x[i / HORIZON];
            }
            return y;
        }

        @Override
        public void startHighway(float[] w, float[] ridge) {
            int at = highway().get(0).offset();
            Arrays.fill(w, at, at + highway().get(0).size(), 0f);
            for (int i = 0; i < SEASON; i++) {
                for (int h = 0; h < HORIZON; h++) {
                    w[at + (i * HORIZON + h) * Grid.SIZE + Grid.MEDIAN] = ridge[i * HORIZON + h];
                }
            }
        }
    }

    /** One key: its values, and from which step on features are not finite (never, if beyond the end). */
    record Series(float[] z, int poison) implements History {
        @Override
        public int steps() {
            return z.length;
        }

        @Override
        public void features(int t, int back, float[] x, int at) {
            for (int k = 0; k < SEASON; k++) {
                int from = t - back - k;
                x[at + k] = t >= poison ? Float.POSITIVE_INFINITY : from >= 0 ? z[from] : 0f;
            }
        }

        @Override
        public float target(int t, int h) {
            return t + h < z.length ? z[t + h] : Float.NaN;
        }

        @Override
        public long index(int t) {
            return t;
        }

        /** The same with other values from a step on. */
        Series perturbed(int from) {
            float[] other = z.clone();
            for (int t = from; t < other.length; t++) {
                other[t] = other[t] * 3 + 1;
            }
            return new Series(other, poison);
        }
    }

    static List<Series> keys(int count, int steps, long seed) {
        Draws draws = new Draws(seed);
        List<Series> keys = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            keys.add(series(steps - 7 * (k % 3), draws));
        }
        return keys;
    }

    private static Series series(int steps, Draws draws) {
        double phase = 6.28 * draws.uniform();
        double height = 1;
        float[] z = new float[steps];
        for (int t = 0; t < steps; t++) {
            height = 1 + .98 * (height - 1) + .05 * draws.normal();
            double swing = StrictMath.sin(phase + t * 2 * StrictMath.PI / SEASON);
            z[t] = (float) (height * swing + .5 * height * swing * swing + .4 * draws.normal());
        }
        return new Series(z, Integer.MAX_VALUE);
    }
}
