package dev.tidecast.forecast.spec;

import dev.tidecast.series.Buckets;
import dev.tidecast.series.Known;
import org.jspecify.annotations.Nullable;

/**
 * How event time becomes steps, and what is known of them.
 *
 * @param seasons steps per season, ascending (7 for days in a week; 24 and 168 for hours in a day and a week); 1: none
 * @param graceMillis how long after its end a bucket still takes late events
 * @param known what is known in advance of the steps; null: nothing
 */
public record Steps(
        Buckets buckets,
        int[] seasons,
        long graceMillis,
        Missing missing,
        @Nullable Known known) {
    private static final int MOST_SEASONS = 3;

    public Steps {
        require(seasons.length >= 1 && seasons.length <= MOST_SEASONS, "there are 1 to " + MOST_SEASONS + " seasons");
        seasons = seasons.clone();
        for (int i = 0; i < seasons.length; i++) {
            boolean fits = seasons[i] >= 1 && seasons[i] <= Seasons.LONGEST;
            require(fits, "a season is 1 to " + Seasons.LONGEST + " steps, not " + seasons[i]);
            require(i == 0 || seasons[i] > seasons[i - 1] && seasons[0] > 1, "seasons ascend from 2 steps or more");
        }
        require(graceMillis >= 0, "grace is not negative, as " + graceMillis);
        require(known == null || !buckets.isNone(), "what is known in advance needs buckets");
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
