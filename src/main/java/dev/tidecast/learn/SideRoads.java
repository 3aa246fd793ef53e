package dev.tidecast.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What keys that are kin have of their own beside the shared highway W: per kin a ridge regression of what W leaves over,
 *
 * <pre>
 *   D = argmin Σ |y - W x - D x|² + penalty |D|²
 * </pre>
 *
 * so that a kin with few steps keeps to the shared one. Keys without attributes have none. Solved, not followed: while the
 * network learns, it stays as it is.
 */
final class SideRoads {
    private static final long MOST_ROWS = 200_000;
    /** Below so many rows per input a kin has no road of its own. */
    private static final int ENOUGH = 3;

    private final Learner learner;
    private final Crew crew;

    SideRoads(Learner learner, Crew crew) {
        this.learner = learner;
        this.crew = crew;
    }

    /** The road of every kin that has enough steps, beside the highway inside w. */
    SortedMap<String, float[]> of(List<History> histories, float[] w) {
        SortedMap<String, List<History>> families = new TreeMap<>();
        for (History history : histories) {
            if (!history.kin().isEmpty() && !learner.highway().isEmpty()) {
                families.computeIfAbsent(history.kin(), k -> new ArrayList<>()).add(history);
            }
        }
        List<String> names = List.copyOf(families.keySet());
        float[] shared = families.isEmpty() ? w : learner.highway(w);
        float[][] roads = new float[names.size()][];
        crew.each(roads.length, k -> {
            HighwaySums sums = sums(families.getOrDefault(names.get(k), List.of()));
            roads[k] = solve(sums, shared);
        });
        SortedMap<String, float[]> found = new TreeMap<>();
        for (int k = 0; k < roads.length; k++) {
            if (roads[k].length > 0) {
                found.put(names.get(k), roads[k]);
            }
        }
        return found;
    }

    /** Empty where there are too few rows. */
    static float[] solve(HighwaySums sums, float[] shared) {
        boolean enough = sums.rows() > (long) ENOUGH * sums.inputs();
        return enough ? sums.solveBeside(shared) : new float[0];
    }

    private HighwaySums sums(List<History> histories) {
        long steps = histories.stream().mapToLong(History::steps).sum();
        int stride = (int) Math.max(1, (steps + MOST_ROWS - 1) / MOST_ROWS);
        HighwaySums sums = new HighwaySums(learner, 1, learner.horizon(), 0);
        for (History history : histories) {
            for (int t = 0; t < history.steps(); t += stride) {
                sums.add(history, t);
            }
        }
        sums.flush();
        return sums;
    }

    /** The histories as the shared network is to learn them. */
    static List<History> beside(List<? extends History> histories, SortedMap<String, float[]> roads, Learner learner) {
        List<History> left = new ArrayList<>();
        for (History history : histories) {
            float[] road = roads.get(history.kin());
            left.add(road == null ? history : new Beside(history, road, learner));
        }
        return left;
    }
}
