package dev.tidecast.embedded;

/**
 * One record of a sample stream.
 *
 * @param key the Kafka record's key, UTF-8
 * @param value the Kafka record's value: JSON, or what a careless sender makes of it
 * @param eventTime when it happened, epoch ms; of a bad record, when it would have
 * @param at when it is sent, in the stream's own time, epoch ms; never falls within a stream
 * @param kind what a reader has to make of it
 */
public record Sample(byte[] key, byte[] value, long eventTime, long at, Kind kind) {

    /** What becomes of a sample; from {@link #LATE} on the name is the reason of its dead letter. */
    public enum Kind {
        /** In order and well formed. */
        GOOD,
        /** Out of order, yet within the pipeline's grace. */
        DELAYED,
        LATE,
        NOT_JSON,
        MISSING_FIELD,
        NOT_A_NUMBER,
        BAD_TIME,
        FUTURE_TIMESTAMP;

        /** Whether it counts towards a forecast; else it ends as a dead letter. */
        public boolean accepted() {
            return this == GOOD || this == DELAYED;
        }

        /** Whether its value is spoilt; a late one is well formed. */
        public boolean bad() {
            return ordinal() > LATE.ordinal();
        }
    }
}
