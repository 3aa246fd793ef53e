package dev.tidecast.pipeline;

import dev.tidecast.forecast.spec.Target;
import dev.tidecast.forecast.spec.TargetKind;
import java.util.Locale;

/** Reads {@code target}: all kinds but real have 0 as their floor unless a higher one is given. */
final class TargetReader {
    private final Section top;

    TargetReader(Section top) {
        this.top = top;
    }

    Target target() {
        Section section = top.section("target", "kind: count");
        if (section == null) {
            return new Target(TargetKind.REAL, Double.NaN, Double.NaN);
        }
        TargetKind kind = section.optional("kind", Form.word(TargetKind.class), TargetKind.REAL);
        double floor = kind == TargetKind.REAL ? Double.NaN : 0;
        Form<Double> finite = Form.number("a number", value -> Math.abs(value) <= 1e15);
        double min = section.optional("min", finite, floor);
        double max = section.optional("max", finite, Double.NaN);
        if (min < floor) {
            section.wrong("min", "must not be below 0 for kind " + kind.name().toLowerCase(Locale.ROOT));
        }
        if (max <= min) {
            section.wrong("max", "must be above min");
        }
        section.close();
        return new Target(kind, min, max);
    }
}
