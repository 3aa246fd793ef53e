package dev.tidecast.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The highway as it is solved again whenever labels have come: one ridge regression over every step of all keys, each taken in
 * once, as soon as its whole horizon is known. That is recursive least squares shared by the keys, with no rate to choose.
 * Beside it the side roads of keys that are kin, likewise.
 */
public final class OnlineHighway {
    private static final int ENOUGH = 3;

    private final Learner learner;
    private final double penalty;
    private final SortedMap<String, HighwaySums> sums = new TreeMap<>();
    private int[] taken = new int[0];

    /** @param penalty of the ridge, per row */
    public OnlineHighway(Learner learner, double penalty) {
        this.learner = learner;
        this.penalty = penalty;
    }

    /** Takes in what has become known; the same keys in the same order every time. */
    public void take(List<? extends History> now) {
        if (taken.length == 0) {
            taken = new int[now.size()];
        }
        for (int k = 0; k < taken.length; k++) {
            HighwaySums own =
                    sums.computeIfAbsent(now.get(k).kin(), kin -> new HighwaySums(learner, 1, learner.horizon(), 0));
            for (; taken[k] + learner.horizon() < now.get(k).steps(); taken[k]++) {
                own.add(now.get(k), taken[k]);
            }
        }
        sums.values().forEach(HighwaySums::flush);
    }

    /** Writes the solution, if there are several rows per input; false while there are too few. */
    public boolean write(float[] w) {
        HighwaySums all = new HighwaySums(learner, 1, learner.horizon(), 0);
        sums.values().forEach(all::add);
        boolean enough = all.rows() > (long) ENOUGH * learner.network().inputs();
        if (enough && !learner.highway().isEmpty()) {
            learner.startHighway(w, all.solve(penalty));
        }
        return enough;
    }

    /** What each kin has beside the highway of these weights. */
    public SortedMap<String, float[]> roads(float[] w, Crew crew) {
        SortedMap<String, float[]> roads = new TreeMap<>();
        if (learner.highway().isEmpty()) {
            return roads;
        }
        float[] shared = learner.highway(w);
        List<Map.Entry<String, HighwaySums>> kin = new ArrayList<>(sums.entrySet());
        kin.removeIf(one -> one.getKey().isEmpty());
        float[][] own = new float[kin.size()][];
        crew.each(own.length, k -> own[k] = SideRoads.solve(kin.get(k).getValue(), shared));
        for (int k = 0; k < own.length; k++) {
            if (own[k].length > 0) {
                roads.put(kin.get(k).getKey(), own[k]);
            }
        }
        return roads;
    }
}
