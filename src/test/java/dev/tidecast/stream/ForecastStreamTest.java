package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidecast.metrics.Meters;
import dev.tidecast.pipeline.Pipeline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before anything starts; no broker is there. */
class ForecastStreamTest {
    private final Meters meters = new Meters();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void anAddressWithoutAPortIsRefused() {
        for (String address : new String[] {"localhost", "127.0.0.1:9092,localhost", "localhost:"}) {
            refused(
                    Map.of("bootstrap.servers", address),
                    "bootstrap.servers is HOST:PORT[,HOST:PORT...], was " + address);
        }
    }

    @Test
    void aHostNobodyKnowsIsNamed() {
        refused(
                Map.of("bootstrap.servers", "no-such-host.invalid:9092"),
                "no host of no-such-host.invalid:9092 is known",
                "--bootstrap HOST:PORT");
    }

    @Test
    void aStateFolderThatIsAFileIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");
        refused(Map.of("state.dir", file.toString()), "state.dir " + file + " is no folder", "--state-dir DIR");
    }

    @Test
    void aStateFolderThatCannotBeMadeIsRefused() throws Exception {
        Path below = Files.writeString(folder.resolve("file"), "x").resolve("state");
        refused(Map.of("state.dir", below.toString()), "state.dir " + below + " cannot be written", "--state-dir DIR");
    }

    @Test
    void aStateFolderInUseIsRefusedAndItsUserGoesOn() {
        try (ForecastStream first = new ForecastStream(pipeline(Map.of()), meters)) {
            refused(Map.of(), "state.dir " + folder + " is in use by another instance", "--state-dir DIR");
            assertThat(first.health().state()).isEqualTo("CREATED");
            assertThat(first.health().live()).isTrue();
        }
    }

    @Test
    void aSettingKafkaCannotUseIsRefused() {
        refused(Map.of("num.stream.threads", "many"), "the kafka: block cannot be used", "num.stream.threads");
    }

    private void refused(Map<String, String> block, String... words) {
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> new ForecastStream(pipeline(block), meters))
                .satisfies(e -> assertThat(e.getMessage()).contains(words).doesNotContain("\n"));
    }

    private Pipeline pipeline(Map<String, String> block) {
        return Pipelines.onBroker(Pipelines.recordKey(), "127.0.0.1:9092", folder)
                .withKafka(block);
    }
}
