package dev.tidecast.forecast.answer;

import java.nio.charset.StandardCharsets;

/** What a quantile is called in messages: p10, p50, p975 for .1, .5, .975. */
public final class QuantileNames {
    private static final int DECIMALS = 6;

    private QuantileNames() {}

    /** "p" and the decimals of the level, at least two of them. */
    public static String name(double level) {
        String decimals = Long.toString(1_000_000L + Math.round(level * 1e6)).substring(1);
        int length = DECIMALS;
        while (length > 2 && decimals.charAt(length - 1) == '0') {
            length--;
        }
        return "p" + decimals.substring(0, length);
    }

    /** ,"p10": for each level, as bytes. */
    static byte[][] fields(double[] levels) {
        byte[][] fields = new byte[levels.length][];
        for (int i = 0; i < levels.length; i++) {
            fields[i] = (",\"" + name(levels[i]) + "\":").getBytes(StandardCharsets.US_ASCII);
        }
        return fields;
    }
}
