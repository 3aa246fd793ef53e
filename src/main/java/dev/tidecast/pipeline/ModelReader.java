package dev.tidecast.pipeline;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code model} and {@code learn}: the network a pipeline asks for, and how it is to learn. */
final class ModelReader {
    private static final int WIDEST = 1024;
    private static final int LONGEST = 400;

    private final Section top;

    ModelReader(Section top) {
        this.top = top;
    }

    @Nullable
    ModelSpec model() {
        Section section = top.section("model", "cell: lstm, units: [40, 40], lags: [7, 14]");
        if (section == null) {
            return null;
        }
        String cell = section.required("cell", Form.text("must be a cell of the catalogue", text -> true));
        List<Integer> units = section.list("units", Form.whole(1, WIDEST));
        List<Integer> lags = section.list("lags", Form.whole(1, LONGEST));
        Map<String, Object> options = new LinkedHashMap<>();
        section.close();
        if (cell == null) {
            return null;
        }
        return new ModelSpec(cell, units == null ? List.of() : units, lags == null ? List.of() : lags, options);
    }

    @Nullable
    LearnSpec learn() {
        Section section = top.section("learn", "window: 56, every: {buckets: 14}");
        if (section == null) {
            return null;
        }
        int window = section.optional("window", Form.whole(4, LONGEST), 56);
        int every = 14;
        Section cadence = section.section("every", "buckets: 14");
        if (cadence != null) {
            every = cadence.optional("buckets", Form.whole(1, 10_000), every);
            cadence.close();
        }
        Duration gateWindow = Duration.ofDays(14);
        double minGain = 0;
        Section gate = section.section("gate", "window: P14D, min_gain: 0.0");
        if (gate != null) {
            gateWindow =
                    gate.optional("window", Times.duration(Duration.ofMinutes(1), Duration.ofDays(3650)), gateWindow);
            minGain = gate.optional("min_gain", Form.number("a number from -1 to 1", g -> Math.abs(g) <= 1), minGain);
            gate.close();
        }
        section.close();
        return new LearnSpec(window, every, gateWindow, minGain);
    }
}
