package dev.tidecast.backtest;

import dev.tidecast.text.EventTime;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;

/**
 * The times of a data file, which mean what they mean in an event ({@link EventTime}): {@link LongForm} asks for each row.
 * A number is seconds or milliseconds since 1970, as in an event; only eight digits that are a date (20261120) are
 * refused, for whoever writes them does not mean 1970. The usual forms in UTC are read without a String, and of rows with
 * the same text one after the other only the first is read.
 */
final class Moments {
    private static final int LONGEST = 64;

    private final EventTime times;
    private byte[] last = new byte[0];
    private long moment = Field.NO_MOMENT;

    Moments(ZoneId zone) {
        times = new EventTime(zone);
    }

    /** Epoch ms; {@link Field#NO_MOMENT} where there is no moment. */
    long of(byte[] b, int start, int end) {
        long usual = Field.moment(b, start, end);
        if (usual != Field.NO_MOMENT) {
            return usual;
        }
        if (!Arrays.equals(last, 0, last.length, b, start, end)) {
            last = Arrays.copyOfRange(b, start, Math.min(end, start + LONGEST));
            moment = end - start > LONGEST ? Field.NO_MOMENT : read(b, start, end);
        }
        return moment;
    }

    private long read(byte[] b, int start, int end) {
        String text = new String(b, start, end - start, StandardCharsets.UTF_8);
        double number = Field.number(b, start, end);
        try {
            if (Double.isNaN(number)) {
                return times.of(text);
            }
            return text.matches("(19|20)[0-9]{2}(0[1-9]|1[0-2])[0-3][0-9]") ? Field.NO_MOMENT : times.of(number);
        } catch (DateTimeException e) {
            return Field.NO_MOMENT;
        }
    }
}
