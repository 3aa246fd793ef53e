package dev.tidecast.forecast.spec;

/** What is forecast: its kind and the smallest and largest value it can have; NaN: no such bound. */
public record Target(TargetKind kind, double min, double max) {
    /** One without bounds of its own. */
    public static Target of(TargetKind kind) {
        return new Target(kind, Double.NaN, Double.NaN);
    }

    /** Whether a value lies within the bounds. */
    public boolean bounds(double value) {
        return !(value < min) && !(value > max);
    }
}
