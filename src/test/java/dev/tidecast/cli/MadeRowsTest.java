package dev.tidecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.forecast.spec.Settings;
import dev.tidecast.pipeline.Forecasters;
import dev.tidecast.pipeline.PipelineReader;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MadeRowsTest {
    @ParameterizedTest
    @ValueSource(strings = {"demand", "stock"})
    void madeRowsComeInEventOrderAndAreTheSameEveryTime(String pipeline) {
        Settings settings = Forecasters.settings(PipelineReader.read(Path.of("topology", pipeline + ".yaml")));
        MadeRows rows = new MadeRows(settings, 6, 3);
        MadeRows again = new MadeRows(settings, 6, 3);
        Set<String> keys = new HashSet<>();
        long before = Long.MIN_VALUE;
        while (rows.next()) {
            assertThat(again.next()).isTrue();
            assertThat(rows.time()).isGreaterThanOrEqualTo(before).isEqualTo(again.time());
            assertThat(rows.value()).isEqualTo(again.value()).isFinite();
            before = rows.time();
            keys.add(rows.key());
        }
        assertThat(again.next()).isFalse();
        assertThat(keys).hasSize(6);
    }
}
