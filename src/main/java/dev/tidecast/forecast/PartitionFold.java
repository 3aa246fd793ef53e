package dev.tidecast.forecast;

import dev.tidecast.series.Observation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All keys of one partition: watermark, due buckets, the fold of each key. */
public final class PartitionFold {
    private PartitionFold() {}

    /** A key-value store in key order (unsigned UTF-8 bytes); what is put is never written to again. */
    public interface Store {
        byte @Nullable [] get(String key);

        void put(String key, byte[] value);

        void delete(String key);

        /** Up to limit keys greater than `after` (from the first when null), ascending. */
        List<String> keysAfter(@Nullable String after, int limit);
    }

    /** Where the fold's words go; called on the thread that calls observe. */
    public interface Outlet {
        void forecast(Forecast forecast);

        void score(Score score);

        /** The observation's bucket is closed for its key; closedUntil is the first moment that is still open. */
        void late(Observation observation, long closedUntil);

        /** Stored bytes could not be read; the key starts again from the prior. */
        void corrupt(String key, String why);
    }
}
