package dev.tidecast.forecast.fold;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.answer.ForecastJson;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.spec.Emit;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.series.Observation;
import dev.tidecast.series.Source;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * How many bytes are allocated for one event that closes nothing, from the stores to the bytes of its forecast. The limit is a
 * third of what it was before it was counted, 14.8 KB with the experts alone; {@link NetworkAllocationTest} has the network.
 */
class AllocationTest {
    private static final int KEYS = 16;
    private static final int EVENTS = 2_000;
    private static final long EXPERTS = 14_800 / 3;
    private static final int MOST_ROUNDS = 60;

    @Test
    void anEventWithTheExpertsAloneAllocatesAThirdOfWhatItDid() {
        Forecaster forecaster = new Forecaster(days());
        assertThat(bytesPerEvent(forecaster, forecaster.firstModel(), EXPERTS)).isLessThan(EXPERTS);
    }

    static Settings days() {
        return Shop.days(TargetKind.COUNT, 28, 0, Emit.EVENT);
    }

    /** Of some rounds the first that is low enough, else the least: code that is not compiled yet allocates more. */
    static long bytesPerEvent(Forecaster forecaster, Model model, long enough) {
        Stores stores = new Stores(new TreeStore(), new TreeStore(), new TreeStore());
        PartitionFold fold = new PartitionFold(forecaster, model, stores, Shop.SOURCES);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        int day = 0;
        for (int round = 0; round < MOST_ROUNDS && least >= enough; round++) {
            for (int warm = 0; warm < 40 * KEYS; warm++) {
                fold.observe(observation(warm % KEYS, Shop.NEW_YEAR + (day + warm / KEYS) * Shop.DAY));
            }
            day += 40;
            long time = Shop.NEW_YEAR + (day - 1) * Shop.DAY;
            List<Observation> events = new ArrayList<>();
            for (int i = 0; i < EVENTS; i++) {
                events.add(observation(i % KEYS, time + i));
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            int written = 0;
            for (Observation event : events) {
                Forecast forecast = Objects.requireNonNull(fold.observe(event).forecast());
                written += ForecastJson.write(forecast).length;
            }
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            least = Math.min(least, allocated / EVENTS);
            assertThat(written / EVENTS).isBetween(2_000, 3_500);
        }
        return least;
    }

    private static Observation observation(int key, long time) {
        return new Observation("store=12/sku=" + key, time, 1, time, new Source("sales", 0, time, time));
    }
}
