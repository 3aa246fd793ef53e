package dev.tidecast.forecast.close;

import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.series.Grid;

/** The numbers of one forecast as they are filled in, step by step. */
final class Page {
    final int horizon;
    /** The shown quantiles, [(h - 1) × levels + level]. */
    final float[] quantiles;

    final double[] means;
    /** The width of each step, for the sums up to it ({@link Totals}); empty where no sums are forecast. */
    final double[] widths;

    private final Outlook outlook;
    private final Grid shown;
    private final int levels;
    private final double[] z;
    private final double[] q;

    /** The scratch arrays hold nine numbers each, and nothing between two calls. */
    Page(Settings settings, Outlook outlook, Grid shown, double[] z, double[] q) {
        this.z = z;
        this.q = q;
        this.horizon = settings.horizon();
        this.outlook = outlook;
        this.shown = shown;
        this.levels = settings.quantiles().length;
        this.quantiles = new float[horizon * levels];
        this.means = new double[horizon];
        this.widths = settings.totals() ? new double[horizon] : new double[0];
    }

    /** Writes nine quantiles, as worked with, as those of step h. */
    void write(int h, double[] z) {
        outlook.outer(z, q);
        for (int i = 0; i < levels; i++) {
            quantiles[(h - 1) * levels + i] = (float) shown.read(q, i);
        }
        means[h - 1] = Grid.mean(q);
        if (widths.length > 0) {
            widths[h - 1] = Totals.width(q);
        }
    }

    /** Writes what is seen from a state as the steps after `passed`. */
    void writeFrom(Outlook.View view, int passed) {
        for (int h = 1; h + passed <= horizon; h++) {
            view.at(h).inner(h, z);
            write(h + passed, z);
        }
    }
}
