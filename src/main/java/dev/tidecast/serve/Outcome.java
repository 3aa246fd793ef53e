package dev.tidecast.serve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * An accuracy record as it is read back: what happened in a bucket, and what had been forecast for it.
 *
 * @param ts the start of the bucket, or empty without buckets
 */
public record Outcome(String ts, double actual, List<Matured> matured) {
    private static final JsonFactory FACTORY = new JsonFactory();

    /**
     * One forecast that has met its actual value.
     *
     * @param error absolute error of the middle quantile
     * @param naiveError of the seasonal naive, NaN if it had none
     */
    public record Matured(int h, Band band, double error, double naiveError, boolean covered) {}

    /** The lowest, the middle and the highest quantile that were shown. */
    public record Band(double low, double mid, double high) {
        /** Nothing was shown. */
        static final Band NONE = new Band(Double.NaN, Double.NaN, Double.NaN);
    }

    /** Reads a record; an {@link IOException} if it is none. */
    public static Outcome of(byte[] json) throws IOException {
        String ts = "";
        double actual = Double.NaN;
        List<Matured> matured = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("an accuracy record is an object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "ts" -> ts = parser.getText();
                    case "actual" -> actual = number(parser);
                    case "scores" -> {
                        while (parser.nextToken() == JsonToken.START_OBJECT) {
                            matured.add(matured(parser));
                        }
                    }
                    default -> parser.skipChildren();
                }
            }
        }
        return new Outcome(ts, actual, matured);
    }

    private static Matured matured(JsonParser parser) throws IOException {
        int h = 0;
        double error = Double.NaN;
        double naive = Double.NaN;
        boolean covered = false;
        List<Double> quantiles = new ArrayList<>(3);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "h" -> h = parser.getIntValue();
                case "abs_err" -> error = number(parser);
                case "covered" -> covered = parser.getBooleanValue();
                case "baseline_abs_err" -> naive = naive(parser);
                default -> {
                    if (isQuantile(name)) {
                        quantiles.add(number(parser));
                    } else {
                        parser.skipChildren();
                    }
                }
            }
        }
        if (quantiles.isEmpty()) {
            throw new IOException("a score without a quantile");
        }
        Band band =
                new Band(quantiles.get(0), quantiles.get(quantiles.size() / 2), quantiles.get(quantiles.size() - 1));
        return new Matured(h, band, error, naive, covered);
    }

    private static double naive(JsonParser parser) throws IOException {
        double naive = Double.NaN;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean seasonal = parser.currentName().equals("seasonal_naive");
            parser.nextToken();
            double error = number(parser);
            naive = seasonal ? error : naive;
        }
        return naive;
    }

    private static boolean isQuantile(String name) {
        return name.length() >= 2 && name.charAt(0) == 'p' && Character.isDigit(name.charAt(1));
    }

    private static double number(JsonParser parser) throws IOException {
        return parser.currentToken().isNumeric() ? parser.getDoubleValue() : Double.NaN;
    }
}
