package dev.tidecast.embedded;

import java.time.Instant;

/** An event's time as its JSON has it: ISO-8601 in UTC to the second, or spoilt. */
final class Moments {
    private Moments() {}

    static String text(long time, Sample.Kind kind) {
        return switch (kind) {
            case BAD_TIME -> "yesterday";
            case FUTURE_TIMESTAMP -> "2199-12-31T23:59:59Z";
            default -> Instant.ofEpochMilli(time).toString();
        };
    }
}
