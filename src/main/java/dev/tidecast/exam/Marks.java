package dev.tidecast.exam;

import dev.tidecast.backtest.Scoreboard;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The figures an exam gave: by contender in the order of {@link #columns}; NaN where a contender has none.
 *
 * @param rows ours first, then the experts of the mix, then what was worked out from the data alone
 */
public record Marks(List<String> columns, Map<String, double[]> rows) {
    public double[] ours() {
        return of(Scoreboard.OURS);
    }

    /** The figures of a contender; NaN throughout where it was never graded. */
    public double[] of(String contender) {
        double[] figures = rows.get(contender);
        if (figures != null) {
            return figures;
        }
        double[] none = new double[columns.size()];
        Arrays.fill(none, Double.NaN);
        return none;
    }
}
