package dev.tidecast.stream;

/**
 * Every name Kafka sees of a topology. Changelog and repartition topics are named after them, so a change here is a
 * change of what is stored: the golden renderings in {@code topology/} show it.
 */
public final class Names {
    /** Reads the source topic. */
    public static final String SOURCE = "events";
    /** Parses and checks; its dead letters go to {@link #INGEST_DEAD_LETTERS}. */
    public static final String INGEST = "ingest";
    /** What passed the checks. */
    public static final String OBSERVED = "observed";
    /** The repartition topic of a key that is re-made: {@code <application.id>-by-key-repartition}. */
    public static final String BY_KEY = "by-key";
    /** Folds observations into forecasts. */
    public static final String FORECASTER = "forecaster";

    public static final String FORECASTS = "forecasts";
    public static final String ACCURACY = "accuracy";
    public static final String INGEST_DEAD_LETTERS = "ingest-dead-letters";
    public static final String FORECASTER_DEAD_LETTERS = "forecaster-dead-letters";

    /** Per key: its open buckets, written on every event. */
    public static final String OPEN_STORE = "open";
    /** Per key: everything learned from its closed buckets, written at a close. */
    public static final String SERIES_STORE = "series";
    /** Per partition: watermark, sweep cursor, format version. */
    public static final String CLOCK_STORE = "clock";
    /** Per source partition: the latest bucket its event time has reached; only where the key is re-made. */
    public static final String SOURCES_STORE = "sources";

    private Names() {}

    /** The topic the forecaster reads when the key is re-made. */
    public static String repartitionTopic(String applicationId) {
        return applicationId + "-" + BY_KEY + "-repartition";
    }
}
