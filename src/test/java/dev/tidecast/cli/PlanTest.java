package dev.tidecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
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
}
