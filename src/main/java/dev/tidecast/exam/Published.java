package dev.tidecast.exam;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What others have scored on an exam, as facts with their source.
 *
 * @param figures by the name of the column
 */
public record Published(String exam, String method, String source, Map<String, Double> figures) {
    private static final Pattern LINE = Pattern.compile("([^,]*),(\"[^\"]*\"|[^,]*),([^,]*),(.*)");

    /** The rows of an exam, in the order of the file {@code published.csv} beside this class. */
    public static List<Published> of(String exam) {
        List<Published> rows = new ArrayList<>();
        for (Published row : all()) {
            if (row.exam.equals(exam)) {
                rows.add(row);
            }
        }
        return rows;
    }

    static List<Published> all() {
        List<Published> rows = new ArrayList<>();
        InputStream in = Published.class.getResourceAsStream("published.csv");
        if (in == null) {
            throw new IllegalStateException("there is no published.csv");
        }
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rows.add(row(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    private static Published row(String line) {
        Matcher fields = LINE.matcher(line);
        if (!fields.matches()) {
            throw new IllegalStateException("no row: " + line);
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        for (String figure : fields.group(4).split(";", -1)) {
            int is = figure.indexOf('=');
            figures.put(figure.substring(0, is), Double.valueOf(figure.substring(is + 1)));
        }
        return new Published(fields.group(1), fields.group(2).replace("\"", ""), fields.group(3), figures);
    }
}
