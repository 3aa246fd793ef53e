package dev.tidecast.serve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * The beginning of a forecast record: all that has to be known of one without reading its steps.
 *
 * @param trigger {@code event} or {@code close}
 * @param topic where the record came from that caused it, with partition and offset
 * @param state {@code cold}, {@code warming} or {@code ready}
 */
public record ForecastHead(String trigger, String topic, int partition, long offset, String state, long observed) {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** Reads up to the steps; an {@link IOException} if it is no forecast. */
    public static ForecastHead of(byte[] json) throws IOException {
        String trigger = "";
        String topic = "";
        String state = "";
        long[] numbers = {-1, -1, 0}; // partition, offset, observed
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("a forecast is an object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME
                    && !parser.currentName().equals("steps")) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("trigger")) {
                    trigger = parser.getText();
                } else if (name.equals("source")) {
                    topic = source(parser, numbers);
                } else if (name.equals("quality")) {
                    state = quality(parser, numbers);
                } else if (value.isStructStart()) {
                    parser.skipChildren();
                }
            }
        }
        return new ForecastHead(trigger, topic, (int) numbers[0], numbers[1], state, numbers[2]);
    }

    private static String source(JsonParser parser, long[] numbers) throws IOException {
        String topic = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "topic" -> topic = parser.getText();
                case "partition" -> numbers[0] = parser.getIntValue();
                case "offset" -> numbers[1] = parser.getLongValue();
                default -> parser.skipChildren();
            }
        }
        return topic;
    }

    private static String quality(JsonParser parser, long[] numbers) throws IOException {
        String state = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "state" -> state = parser.getText();
                case "observed" -> numbers[2] = parser.getLongValue();
                default -> parser.skipChildren();
            }
        }
        return state;
    }
}
