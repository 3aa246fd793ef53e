package dev.tidecast.forecast.close;

import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.answer.Quality;
import dev.tidecast.forecast.answer.Trigger;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.forecast.state.SeriesState;
import dev.tidecast.series.Source;
import java.util.Objects;

/** Makes the forecast that is sent from the numbers of a page and the closed state of its key. Reads only. */
public final class Issuer {
    private static final int READY_STEPS = 20;
    private static final int READY_SEASONS = 3;
    private static final int COLD_STEPS = 3;

    private final Settings settings;
    private final Outlook outlook;
    private final Totals totals;
    private final StepTimes times;

    public Issuer(Parts parts) {
        this.settings = parts.settings;
        this.outlook = parts.outlook;
        this.totals = parts.totals;
        this.times = parts.times;
    }

    /** Which key is answered, and the record that made it answer. */
    public record Occasion(String key, Source source, Trigger trigger, boolean partial) {}

    /** The forecast of a close: step 1 is the first open bucket. */
    public Forecast closed(Model model, SeriesState s, Close.Issued issued, Occasion occasion) {
        Page page = Objects.requireNonNull(issued.page(), "this close is followed by another at once");
        return forecast(model, s, occasion, page, issued.view());
    }

    Forecast forecast(Model model, SeriesState closed, Occasion occasion, Page page, Outlook.View view) {
        SeriesState.Position at = closed.position();
        float[] totals = settings.totals() ? this.totals.quantiles(closed.numbers(), page.means, page.widths) : null;
        return new Forecast(
                new Forecast.Subject(
                        occasion.key, settings.pipeline(), settings.buckets().text(), times.origin(at)),
                new Forecast.Cause(occasion.trigger, occasion.source, occasion.partial, false),
                new Forecast.Basis(model.version(), outlook.mix(view), quality(at)),
                new Forecast.Numbers(
                        settings.kind() == TargetKind.COUNT,
                        settings.quantiles(),
                        times.from(at.next()),
                        page.quantiles,
                        page.means,
                        totals),
                occasion.partial ? null : () -> outlook.experts(view));
    }

    private Quality quality(SeriesState.Position s) {
        Quality.Readiness state = Quality.Readiness.READY;
        if (s.closed() < Math.max(COLD_STEPS, settings.season())) {
            state = Quality.Readiness.COLD;
        } else if (s.closed() < Math.max(READY_STEPS, READY_SEASONS * settings.season())) {
            state = Quality.Readiness.WARMING;
        }
        double missing = s.closed() == 0 ? 0 : (double) (s.closed() - s.observed()) / s.closed();
        return new Quality(state, s.observed(), missing);
    }
}
