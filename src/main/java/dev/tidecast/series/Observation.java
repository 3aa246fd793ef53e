package dev.tidecast.series;

/**
 * One value of one series at one moment of event time (milliseconds since 1970, UTC).
 *
 * @param censored whether the value is only the least it can have been: a shelf was empty, and sold fewer than were wanted
 */
public record Observation(String key, long time, double value, boolean censored, Delivery delivery) {
    /**
     * Which record brought an observation, and when.
     *
     * @param sourceTime the largest event time its source partition has shown so far, this observation included
     * @param live whether the record was read soon after it was written
     */
    public record Delivery(Source source, long sourceTime, boolean live) {}

    /** One of which nobody says when its record was read. */
    public Observation(String key, long time, double value, long sourceTime, Source source, boolean censored) {
        this(key, time, value, censored, new Delivery(source, sourceTime, false));
    }

    /** One whose value is the whole of it. */
    public Observation(String key, long time, double value, long sourceTime, Source source) {
        this(key, time, value, sourceTime, source, false);
    }

    public Source source() {
        return delivery.source;
    }

    public long sourceTime() {
        return delivery.sourceTime;
    }

    public boolean live() {
        return delivery.live;
    }
}
