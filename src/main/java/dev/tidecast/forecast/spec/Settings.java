package dev.tidecast.forecast.spec;

import dev.tidecast.series.Buckets;
import dev.tidecast.series.Known;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a forecaster needs to know of a pipeline.
 *
 * @param quantiles the levels that are shown, ascending, each between 0 and 1
 * @param min the smallest value the target can take, NaN for none
 * @param max the largest value the target can take, NaN for none
 * @param seasons steps per season, ascending (7 for days in a week; 24 and 168 for hours in a day and a week); 1: none
 * @param graceMillis how long after its end a bucket still takes late events
 * @param net the network, null for the experts alone
 * @param totals whether the sums up to each step are forecast too
 * @param known what is known in advance of the steps; null: nothing
 * @param kinship which keys are alike beyond what all keys share
 */
public record Settings(
        String pipeline,
        Buckets buckets,
        int horizon,
        double[] quantiles,
        TargetKind kind,
        double min,
        double max,
        int[] seasons,
        long graceMillis,
        Missing missing,
        Emit emit,
        @Nullable NetSpec net,
        boolean totals,
        @Nullable Known known,
        Kinship kinship) {
    private static final int MOST_SEASONS = 3;

    public Settings {
        require(horizon >= 1 && horizon <= 1024, "horizon is 1 to 1024, not " + horizon);
        require(seasons.length >= 1 && seasons.length <= MOST_SEASONS, "there are 1 to " + MOST_SEASONS + " seasons");
        seasons = seasons.clone();
        for (int i = 0; i < seasons.length; i++) {
            require(seasons[i] >= 1 && seasons[i] <= 1024, "a season is 1 to 1024 steps, not " + seasons[i]);
            require(i == 0 || seasons[i] > seasons[i - 1] && seasons[0] > 1, "seasons ascend from 2 steps or more");
        }
        require(graceMillis >= 0, "grace is not negative, as " + graceMillis);
        require(quantiles.length >= 1 && quantiles.length <= 99, "quantiles are 1 to 99 levels");
        require(!(min > max), "min is above max");
        require(known == null || !buckets.isNone(), "what is known in advance needs buckets");
        require(!totals || kind.adds(), "only amounts and plain numbers add up to totals");
        quantiles = quantiles.clone();
        for (int i = 0; i < quantiles.length; i++) {
            require(quantiles[i] > 0 && quantiles[i] < 1, "a quantile is between 0 and 1");
            require(i == 0 || quantiles[i] > quantiles[i - 1], "quantiles ascend");
        }
    }

    /** The shortest season in steps; 1: none. */
    public int season() {
        return seasons[0];
    }

    /** Names the shape of what is stored under these settings: states of another fingerprint are refused. */
    public int fingerprint() {
        String shape = String.join(
                "|",
                buckets.text(),
                buckets.zone().getId(),
                buckets.aggregate().name(),
                kind.name(),
                Integer.toString(horizon),
                Arrays.toString(seasons),
                net == null ? "experts" : net.shape(),
                (totals ? "totals" : "steps") + (known == null ? "" : "|known " + known.text()));
        CRC32C crc = new CRC32C();
        crc.update(shape.getBytes(StandardCharsets.UTF_8));
        return (int) crc.getValue();
    }

    /** Without totals and anything known in advance; all keys are alike. */
    public Settings(
            String pipeline,
            Buckets buckets,
            int horizon,
            double[] quantiles,
            TargetKind kind,
            double min,
            double max,
            int[] seasons,
            long graceMillis,
            Missing missing,
            Emit emit,
            @Nullable NetSpec net) {
        this(
                pipeline,
                buckets,
                horizon,
                quantiles,
                kind,
                min,
                max,
                seasons,
                graceMillis,
                missing,
                emit,
                net,
                false,
                null,
                Kinship.NONE);
    }

    /** The same with another rule of when a key answers. */
    public Settings withEmit(Emit other) {
        return with(other, totals, known, kinship);
    }

    /** The same with sums up to each step, or without. */
    public Settings withTotals(boolean wanted) {
        return with(emit, wanted, known, kinship);
    }

    /** The same with this known in advance. */
    public Settings withKnown(@Nullable Known ahead) {
        return with(emit, totals, ahead, kinship);
    }

    /** The same with keys told apart otherwise. */
    public Settings withKinship(Kinship other) {
        return with(emit, totals, known, other);
    }

    private Settings with(Emit when, boolean sums, @Nullable Known ahead, Kinship alike) {
        return new Settings(
                pipeline,
                buckets,
                horizon,
                quantiles,
                kind,
                min,
                max,
                seasons,
                graceMillis,
                missing,
                when,
                net,
                sums,
                ahead,
                alike);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
