package dev.tidecast.exam;

import dev.tidecast.backtest.DataException;
import dev.tidecast.backtest.LongForm;
import dev.tidecast.backtest.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The M3 competition in long form, with a file beside it that says of every series how often it is measured: {@code key,period,...}
 * on each line. Series of one frequency are read as values that follow each other; their dates, odd in places, are passed over.
 */
final class M3 {
    static final String VALUES = "m3/m3.csv.gz";
    static final String SERIES = "m3/m3_series.csv";

    private M3() {}

    /** The series of a period (yearly, quarterly, monthly, other) by name, in the order they begin in. */
    static Map<String, double[]> read(Path folder, String period) {
        Set<String> wanted = names(folder.resolve(SERIES), period);
        Map<String, double[]> series = new LinkedHashMap<>();
        try (LongForm rows = LongForm.open(folder.resolve(VALUES), ZoneOffset.UTC)) {
            for (Table.Line line : Table.of(rows).lines()) {
                if (wanted.contains(line.key())) {
                    double[] values = line.values();
                    series.put(
                            line.key(),
                            Arrays.stream(values).filter(y -> !Double.isNaN(y)).toArray());
                }
            }
        }
        return series;
    }

    private static Set<String> names(Path file, String period) {
        try {
            Set<String> names = new HashSet<>();
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                String[] fields = line.split(",", 3);
                if (fields.length == 3 && fields[1].equals(period)) {
                    names.add(fields[0]);
                }
            }
            return names;
        } catch (IOException e) {
            throw new DataException(file + ": cannot be read (" + e.getMessage() + ")", e);
        }
    }
}
