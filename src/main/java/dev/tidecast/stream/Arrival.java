package dev.tidecast.stream;

import dev.tidecast.series.Observation;
import org.jspecify.annotations.Nullable;

/**
 * An observation on its way from ingest to the forecaster, with key and value of the record it was read from: the
 * forecaster may have to write that record's dead letter. Across a repartition topic the two travel only if late events
 * become dead letters. The arrays are the consumer's own: read them, never write.
 */
record Arrival(Observation observation, byte @Nullable [] key, byte @Nullable [] value) {
    /** Without the original record. */
    Arrival(Observation observation) {
        this(observation, null, null);
    }
}
