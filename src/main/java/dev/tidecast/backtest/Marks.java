package dev.tidecast.backtest;

import java.util.List;
import java.util.Map;

/**
 * The figures an exam gave: by contender in the order of {@link #columns}; NaN where a contender has none.
 *
 * @param rows ours first, then the experts of the mix, then what was worked out from the data alone
 */
public record Marks(List<String> columns, Map<String, double[]> rows) {
    public double[] ours() {
        return rows.getOrDefault(Scoreboard.OURS, new double[columns.size()]);
    }
}
