package dev.tidecast.forecast.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.spec.Emit;
import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.series.Known;
import dev.tidecast.series.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** One forecaster and one model, used by many threads at once, each with the stores of a partition of its own. */
class SharedForecasterTest {
    private static final int THREADS = 6;
    private static final int EVENTS = 250;

    @Test
    void itGivesEachThreadWhatItGivesOneAlone() throws Exception {
        Settings days = Nets.with(Shop.days(TargetKind.COUNT, 9, 0, Emit.EVENT).withTotals(true), Nets.of("lstm"))
                .withTotals(true)
                .withKnown(promotions());
        Forecaster forecaster = new Forecaster(days);
        Model model = Nets.model(forecaster, 5);
        List<List<String>> alone = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            alone.add(words(forecaster, model, i));
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CyclicBarrier together = new CyclicBarrier(THREADS);
            List<Callable<List<String>>> work = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int seed = i;
                work.add(() -> {
                    together.await();
                    return words(forecaster, model, seed);
                });
            }
            List<List<String>> shared = new ArrayList<>();
            for (Future<List<String>> one : threads.invokeAll(work)) {
                shared.add(one.get());
            }
            assertThat(shared).isEqualTo(alone);
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<String> words(Forecaster forecaster, Model model, int seed) {
        Shop shop = new Shop(forecaster, model);
        for (Observation o : Shop.stream(seed, EVENTS, 5, 2)) {
            shop.see(o);
        }
        return shop.words;
    }

    private static Known promotions() {
        Known.Maker maker = new Known.Maker(List.of("promotion"), List.of());
        long first = Shop.NEW_YEAR / Shop.DAY;
        for (long day = 0; day < 400; day += 9) {
            maker.add(null, first + day, new float[] {1});
            maker.add("item=2", first + day + 1, new float[] {1});
        }
        return maker.make();
    }
}
