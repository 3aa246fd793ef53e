package dev.tidecast.forecast.state;

import java.util.ArrayList;
import java.util.List;

/**
 * Which model version issued the forecasts that still wait for their actuals: from which origin on each was used,
 * oldest first. Almost always one entry. Immutable.
 */
public record Versions(List<Since> entries) {
    public static final Versions NONE = new Versions(List.of());

    /** A version, and the first origin it issued a forecast at. */
    public record Since(long origin, String version) {}

    /** The version that issued at an origin. */
    public String at(long origin) {
        String version = "";
        for (Since since : entries) {
            if (since.origin <= origin || version.isEmpty()) {
                version = since.version;
            }
        }
        return version;
    }

    /** With a version in use from this origin on; what no waiting forecast needs is dropped. */
    public Versions with(String version, long origin, int horizon) {
        int last = entries.size() - 1;
        if (last == 0 && entries.get(0).version.equals(version)) {
            return this;
        }
        List<Since> next = new ArrayList<>();
        for (int i = 0; i <= last; i++) {
            if (i == last || entries.get(i + 1).origin > origin - horizon) {
                next.add(entries.get(i));
            }
        }
        if (last < 0 || !entries.get(last).version.equals(version)) {
            next.add(new Since(origin, version));
        }
        return new Versions(List.copyOf(next));
    }
}
