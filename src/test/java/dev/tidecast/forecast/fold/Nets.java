package dev.tidecast.forecast.fold;

import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.spec.NetSpec;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.nn.Network;
import dev.tidecast.nn.cell.Cells;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/** Networks for tests. */
public final class Nets {
    private Nets() {}

    /** One layer of a catalogued cell with ten units. */
    public static NetSpec of(String cell, int lags) {
        return of(cell, 10, lags);
    }

    /** One layer of a catalogued cell with so many units. */
    public static NetSpec of(String cell, int units, int lags) {
        return new NetSpec(
                Cells.of(cell, new int[] {units}, Map.of()), cell + " " + units, reading(lags), NetSpec.Form.USUAL);
    }

    /** Any catalogued cell in its usual shape over twenty lags. */
    public static NetSpec of(String cell) {
        return new NetSpec(
                Cells.of(cell, Cells.entry(cell).example(), Map.of()), cell, reading(20), NetSpec.Form.USUAL);
    }

    private static NetSpec.Reading reading(int lags) {
        return new NetSpec.Reading(lags, 12, 5, true);
    }

    /** Weights that say something of their own, drawn from a seed. */
    public static Model model(Forecaster forecaster, long seed) {
        Network network = Objects.requireNonNull(forecaster.net()).network();
        SplittableRandom random = new SplittableRandom(seed);
        float[] w = network.initialise(seed);
        for (int i = 0; i < w.length; i++) {
            w[i] += (float) random.nextDouble(-.05, .05);
        }
        return new Model("v" + seed, forecaster.firstModel().prior(), network.pack(w));
    }

    public static Settings with(Settings settings, NetSpec net) {
        return Shop.with(settings, settings.seasons(), net);
    }
}
