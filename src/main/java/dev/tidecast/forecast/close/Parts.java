package dev.tidecast.forecast.close;

import dev.tidecast.forecast.model.ForecastNet;
import dev.tidecast.forecast.spec.NetSpec;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.state.Domain;
import dev.tidecast.forecast.state.Layout;
import dev.tidecast.series.Grid;
import org.jspecify.annotations.Nullable;

/** What the classes of this package share: made once for each forecaster, read by all threads. */
public final class Parts {
    final Settings settings;
    final Layout layout;
    final Domain domain;
    final Effects effects;
    final Outlook outlook;
    final Totals totals;
    final StepTimes times;
    /** Reads the shown quantiles off the nine. */
    final Grid shown;

    final @Nullable ForecastNet net;
    final @Nullable Features features;
    final @Nullable NetStep netStep;

    public Parts(Settings settings) {
        NetSpec spec = settings.net();
        this.settings = settings;
        this.domain = new Domain(settings);
        if (spec == null) {
            this.net = null;
            this.layout = new Layout(settings, new Layout.Needs(0, 0, Effects.size(settings)));
            this.features = null;
            this.netStep = null;
        } else {
            this.net = new ForecastNet(spec, Features.size(settings, spec), settings.horizon());
            int reach = Features.reach(settings, spec, net.window());
            this.layout = new Layout(settings, new Layout.Needs(net.kept(), reach, Effects.size(settings)));
            this.features = new Features(settings, spec, layout, domain);
            this.netStep = new NetStep(net, layout, features);
        }
        this.effects = new Effects(settings, layout, domain);
        this.outlook = new Outlook(layout, domain, effects);
        this.totals = new Totals(settings, layout, domain);
        this.times = new StepTimes(settings);
        this.shown = new Grid(settings.quantiles());
    }

    public Settings settings() {
        return settings;
    }

    public Layout layout() {
        return layout;
    }

    public Domain domain() {
        return domain;
    }

    public Effects effects() {
        return effects;
    }

    /** The network, null where the experts forecast alone. */
    public @Nullable ForecastNet net() {
        return net;
    }

    /** The history of one key as the network reads it, still empty; its first step is in this bucket. */
    public Track track(String key, long first) {
        if (features == null) {
            throw new IllegalStateException("the pipeline has no network to train");
        }
        return new Track(key, first, this, features);
    }

    /** The shown levels that are kept with waiting forecasts. */
    public float[] shownLevels() {
        return Scoring.levels(settings.quantiles());
    }

    /** An empty page for one forecast, and two arrays of nine numbers that it may write to. */
    Page page(double[] z, double[] q) {
        return new Page(settings, outlook, shown, z, q);
    }
}
