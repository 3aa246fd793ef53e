package dev.tidecast.exam;

import dev.tidecast.backtest.DataException;
import dev.tidecast.backtest.Field;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * The M4 competition's own files, gzip: one line per series, its name and then its values, quoted, the first line naming
 * columns, short series filled up with empty fields.
 */
final class Wide {
    private Wide() {}

    /** The series of a file by name, in its order. */
    static Map<String, double[]> read(Path file) {
        if (!Files.exists(file)) {
            throw new DataException(file + ": there is no such file");
        }
        Map<String, double[]> series = new LinkedHashMap<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            lines.readLine();
            long number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split(",", -1);
                series.put(plain(fields[0]), values(fields, file + ", line " + ++number));
            }
        } catch (IOException e) {
            throw new DataException(file + ": cannot be read (" + e.getMessage() + ")", e);
        }
        return series;
    }

    private static double[] values(String[] fields, String place) {
        double[] values = new double[fields.length - 1];
        int size = 0;
        for (int i = 1; i < fields.length; i++) {
            String field = plain(fields[i]);
            if (field.isEmpty() || field.equals("NA")) {
                continue;
            }
            byte[] bytes = field.getBytes(StandardCharsets.US_ASCII);
            values[size] = Field.number(bytes, 0, bytes.length);
            if (Double.isNaN(values[size++])) {
                throw new DataException(place + ": \"" + field + "\" is not a number");
            }
        }
        return Arrays.copyOf(values, size);
    }

    private static String plain(String field) {
        return field.startsWith("\"") && field.endsWith("\"") && field.length() > 1
                ? field.substring(1, field.length() - 1)
                : field;
    }
}
