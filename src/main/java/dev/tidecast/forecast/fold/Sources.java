package dev.tidecast.forecast.fold;

import java.time.Duration;

/**
 * From where the observations of a partition come. It decides which sources the watermark waits for.
 *
 * <p>One: all observations come from one source partition, the one that was heard last. Several: the watermark is the
 * smallest time of all partitions of the topic that was heard last. A partition that sends
 * nothing while others send live records for `idleMillis` is idle: it is not waited for until it is heard again.
 *
 * @param idleMillis how long a silent source partition is waited for, by the timestamps of live records
 */
public record Sources(boolean several, long idleMillis) {
    /** All observations come from one source partition. */
    public static final Sources ONE = new Sources(false, 0);

    /** Observations come from several source partitions, as behind a repartition topic. */
    public static Sources several(Duration idleAfter) {
        return new Sources(true, idleAfter.toMillis());
    }
}
