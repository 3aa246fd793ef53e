package dev.tidecast.serve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * The beginning of a forecast record: all that has to be known of one without reading its steps.
 *
 * @param trigger {@code event} or {@code close}
 * @param stale whether all its steps lie before the newest event time
 */
public record ForecastHead(String trigger, Cause cause, Quality quality, boolean stale) {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** The input record that caused a forecast; partition and offset are -1 if the forecast does not say it. */
    public record Cause(String topic, int partition, long offset) {}

    /**
     * What a forecast rests on.
     *
     * @param state {@code cold}, {@code warming} or {@code ready}
     */
    public record Quality(String state, long observed) {}

    /** Reads up to the steps; an {@link IOException} if it is no forecast. */
    public static ForecastHead of(byte[] json) throws IOException {
        String trigger = "";
        Cause cause = new Cause("", -1, -1);
        Quality quality = new Quality("", 0);
        boolean stale = false;
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("a forecast is an object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME
                    && !parser.currentName().equals("steps")) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "trigger" -> trigger = parser.getText();
                    case "source" -> cause = cause(parser);
                    case "quality" -> quality = quality(parser);
                    case "stale" -> stale = value == JsonToken.VALUE_TRUE;
                    default -> parser.skipChildren();
                }
            }
        }
        return new ForecastHead(trigger, cause, quality, stale);
    }

    public String topic() {
        return cause.topic();
    }

    public int partition() {
        return cause.partition();
    }

    public long offset() {
        return cause.offset();
    }

    private static Cause cause(JsonParser parser) throws IOException {
        open(parser);
        String topic = "";
        int partition = -1;
        long offset = -1;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "topic" -> topic = parser.getText();
                case "partition" -> partition = parser.getIntValue();
                case "offset" -> offset = parser.getLongValue();
                default -> parser.skipChildren();
            }
        }
        return new Cause(topic, partition, offset);
    }

    private static Quality quality(JsonParser parser) throws IOException {
        open(parser);
        String state = "";
        long observed = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "state" -> state = parser.getText();
                case "observed" -> observed = parser.getLongValue();
                default -> parser.skipChildren();
            }
        }
        return new Quality(state, observed);
    }

    private static void open(JsonParser parser) throws IOException {
        if (!parser.isExpectedStartObjectToken()) {
            throw new IOException(parser.currentName() + " is an object");
        }
    }
}
