package dev.tidecast.pipeline;

import java.time.Duration;

/** How long a bucket stays open after its end, and what becomes of an observation that comes later still. */
public record Late(Duration grace, After after) {
    /** What becomes of it. */
    public enum After {
        DLQ,
        DROP
    }
}
