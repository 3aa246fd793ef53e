package dev.tidecast.learn;

import java.util.List;

/**
 * The highway as it is solved again whenever labels have come: one ridge regression over every step of all keys, each taken in
 * once, as soon as its whole horizon is known. That is recursive least squares shared by the keys, with no rate to choose.
 */
public final class OnlineHighway {
    private static final int ENOUGH = 3;

    private final Learner learner;
    private final double penalty;
    private final HighwaySums sums;
    private int[] taken = new int[0];

    /** @param penalty of the ridge, per row */
    public OnlineHighway(Learner learner, double penalty) {
        this.learner = learner;
        this.penalty = penalty;
        this.sums = new HighwaySums(learner, 1, learner.horizon(), 0);
    }

    /** Takes in what has become known; the same keys in the same order every time. */
    public void take(List<? extends History> now) {
        if (taken.length == 0) {
            taken = new int[now.size()];
        }
        for (int k = 0; k < taken.length; k++) {
            for (; taken[k] + learner.horizon() < now.get(k).steps(); taken[k]++) {
                sums.add(now.get(k), taken[k]);
            }
        }
        sums.flush();
    }

    /** Writes the solution, if there are several rows per input; false while there are too few. */
    public boolean write(float[] w) {
        boolean enough = sums.rows() > (long) ENOUGH * learner.network().inputs();
        if (enough && !learner.highway().isEmpty()) {
            learner.startHighway(w, sums.solve(penalty));
        }
        return enough;
    }
}
