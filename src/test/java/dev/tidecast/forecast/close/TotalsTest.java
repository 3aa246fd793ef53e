package dev.tidecast.forecast.close;

import static dev.tidecast.forecast.fold.Shop.DAY;
import static dev.tidecast.forecast.fold.Shop.NEW_YEAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.fold.Shop;
import dev.tidecast.forecast.spec.Emit;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.forecast.state.Layout;
import dev.tidecast.forecast.state.SeriesState;
import dev.tidecast.series.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TotalsTest {
    private static final int HORIZON = 14;

    private static Shop shop(TargetKind kind, Emit emit) {
        return new Shop(Shop.days(kind, HORIZON, 0, emit).withTotals(true));
    }

    @ParameterizedTest
    @EnumSource(names = {"COUNT", "NONNEG", "REAL"})
    void theMeanOfATotalGrowsByTheMeanOfEachStep(TargetKind kind) {
        Shop shop = shop(kind, Emit.EVENT);
        for (Observation o : Shop.stream(3, 400, 3, 1)) {
            shop.see(o);
        }
        for (Forecast f : shop.forecasts) {
            for (int h = 1; h <= HORIZON; h++) {
                double step = f.totalMean(h) - (h == 1 ? 0 : f.totalMean(h - 1));
                assertThat(step).isCloseTo(f.mean(h), within(1e-9 * (1 + f.totalMean(h))));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"COUNT", "NONNEG"})
    void totalsOfAmountsNeverFallAndNeverCross(TargetKind kind) {
        Shop shop = shop(kind, Emit.EVENT);
        for (Observation o : Shop.stream(5, 400, 3, 1)) {
            shop.see(o);
        }
        for (Forecast f : shop.forecasts) {
            float[] totals = Objects.requireNonNull(f.totals());
            int levels = f.levels().length;
            for (int i = 0; i < totals.length; i++) {
                assertThat(totals[i]).isNotNegative();
                if (i % levels > 0) {
                    assertThat(totals[i]).isGreaterThanOrEqualTo(totals[i - 1]);
                }
                if (i >= levels) {
                    assertThat(totals[i]).isGreaterThanOrEqualTo(totals[i - levels]);
                }
            }
        }
    }

    /** Errors of neighbouring days go together here: bands that took them for independent would hold half as much. */
    @Test
    void theBandOfATotalHoldsWhatItSaysWhereDaysGoTogether() {
        // One series of a thousand days has a hundred totals that do not overlap: several tell more.
        double held = 0;
        int series = 12;
        for (int seed = 9; seed < 9 + series; seed++) {
            held += heldOfTotals(seed) / series;
        }
        assertThat(held).isBetween(.74, .86);
    }

    private static double heldOfTotals(long seed) {
        Shop shop = shop(TargetKind.NONNEG, Emit.BUCKET);
        SplittableRandom random = new SplittableRandom(seed);
        List<Double> days = new ArrayList<>();
        double wave = 0;
        for (int day = 0; day < 1200; day++) {
            wave = .9 * wave + random.nextDouble(-6, 6);
            days.add(Math.max(0, 100 + wave));
            shop.see("a", NEW_YEAR + day * DAY, days.get(day));
        }
        int held = 0;
        int judged = 0;
        for (Forecast f : shop.forecasts.subList(300, shop.forecasts.size() - HORIZON)) {
            int origin = (int) ((f.origin() - NEW_YEAR) / DAY);
            double total = 0;
            for (int h = 1; h <= 11; h++) {
                total += days.get(origin + h - 1);
            }
            float[] totals = Objects.requireNonNull(f.totals());
            judged++;
            held += totals[30] <= total && total <= totals[32] ? 1 : 0;
        }
        return (double) held / judged;
    }

    /** Of several buckets that close at once only the last is followed by a forecast that is sent. */
    @Test
    void onlyTotalsThatWereSentWaitForTheirActual() {
        Shop shop = shop(TargetKind.COUNT, Emit.BUCKET);
        Layout layout = Shop.parts(shop.forecaster).layout();
        for (int day = 0; day < 60; day++) {
            shop.see("a", NEW_YEAR + day * DAY, 4);
        }
        int silent = 5;
        shop.see("a", NEW_YEAR + (60 + silent) * DAY, 4);
        SeriesState s = shop.read(Shop.kept(shop.series, "a"));
        long next = s.position().next();
        for (int g = 0; g < layout.horizons.groups(); g++) {
            int reach = layout.horizons.representative(g);
            for (long origin = next - reach + 1; origin <= next; origin++) {
                boolean sent = origin == next || origin < next - silent;
                float width = s.numbers()[layout.pendingTotal(g, origin) + 1];
                assertThat(width > 0)
                        .as("group %d, origin %d before the last", g, next - origin)
                        .isEqualTo(sent);
            }
        }
    }

    @Test
    void aForecastSaysItsTotals() {
        Shop shop = shop(TargetKind.COUNT, Emit.BUCKET);
        for (int day = 0; day < 30; day++) {
            shop.see("a", NEW_YEAR + day * DAY, 4);
        }
        assertThat(Shop.json(shop.last())).contains("\"mean\":4,\"total\":{\"mean\":8,\"p10\":8,\"p50\":8,\"p90\":8}}");
    }

    @Test
    void pricesHaveNoTotals() {
        assertThatThrownBy(() -> Shop.days(TargetKind.PRICE).withTotals(true)).hasMessageContaining("add up");
    }
}
