package dev.tidecast.forecast;

import dev.tidecast.nn.cell.Cells;
import java.util.Map;

/** Networks for tests. */
final class Nets {
    private Nets() {}

    /** One layer of a catalogued cell with ten units. */
    static NetSpec of(String cell, int lags) {
        return new NetSpec(Cells.of(cell, new int[] {10}, Map.of()), cell + " 10", lags, 12, 5, true);
    }

    static Settings with(Settings settings, NetSpec net) {
        return new Settings(
                settings.pipeline(),
                settings.buckets(),
                settings.horizon(),
                settings.quantiles(),
                settings.kind(),
                settings.min(),
                settings.max(),
                settings.seasons(),
                settings.graceMillis(),
                settings.missing(),
                settings.emit(),
                net);
    }
}
