package dev.tidecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static String plan(String... options) {
        StringWriter out = new StringWriter();
        String[] all = new String[options.length + 2];
        all[0] = "plan";
        all[1] = "topology/demand.yaml";
        System.arraycopy(options, 0, all, 2, options.length);
        int exit = Tidecast.run(new PrintWriter(out), new PrintWriter(out), all);
        assertThat(exit).isZero();
        return out.toString();
    }

    @Test
    void thePartsOfAKeyAddUpToWhatIsKeptOfIt() {
        Matcher line = Pattern.compile("(?m)^ {2}(.*?) +([0-9,]+) B$").matcher(plan());
        int sum = 0;
        int all = 0;
        while (line.find()) {
            int bytes = Integer.parseInt(line.group(2).replace(",", ""));
            all = bytes;
            sum += line.group(1).equals("in all") ? 0 : bytes;
        }
        assertThat(sum).isEqualTo(all).isPositive();
    }

    @Test
    void programsReadTheSameAsPeople() {
        assertThat(plan("--output", "json")).contains("\"bytes_per_key\":").contains("\"forecasts that wait\":");
    }

    @Test
    void whatTheNumberOfABucketIsIsSaidInWords() {
        String number = "sum of /qty per day in Europe/Prague";
        String empty = "a bucket without events counts as 0";
        String season = "season: 7 steps (7 days)";
        assertThat(plan()).contains(number + "; " + empty + System.lineSeparator() + season);
        assertThat(plan("--output", "json"))
                .contains("\"number\":\"" + number + "\",\"empty\":\"" + empty + "\",\"season\":\"" + season + "\"");
    }

    /** The table in the comment of the class that writes the record is this one, for sales and for hourly loads. */
    @Test
    void theTableBesideTheCodeIsWhatIsPrinted() throws IOException {
        Map<String, String> sales = bytes("topology/demand.yaml");
        Map<String, String> loads = bytes("src/main/resources/dev/tidecast/exam/pjm-hourly.yaml");
        String source = Files.readString(Path.of("src/main/java/dev/tidecast/forecast/state/SeriesCodec.java"));
        Matcher row = Pattern.compile("(?m)^ \\*   (\\w[\\w ,]*?) +([0-9,]+|-) +([0-9,]+)$")
                .matcher(source);
        Map<String, String> first = new LinkedHashMap<>();
        Map<String, String> second = new LinkedHashMap<>();
        while (row.find()) {
            if (!row.group(2).equals("-")) {
                first.put(row.group(1), row.group(2));
            }
            second.put(row.group(1), row.group(3));
        }
        assertThat(first).isEqualTo(sales);
        assertThat(second).isEqualTo(loads);
    }

    private static Map<String, String> bytes(String pipeline) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out, true);
        assertThat(Tidecast.run(writer, writer, "plan", pipeline)).isZero();
        Matcher line = Pattern.compile("(?m)^ {2}(.*?) +([0-9,]+) B$").matcher(out.toString());
        Map<String, String> bytes = new LinkedHashMap<>();
        while (line.find()) {
            bytes.put(line.group(1), line.group(2));
        }
        return bytes;
    }
}
