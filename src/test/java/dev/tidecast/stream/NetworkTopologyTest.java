package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.nn.cell.Cells;
import dev.tidecast.pipeline.Kind;
import dev.tidecast.pipeline.Pipeline;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every catalogued cell through the real topology, by changing {@code model:} alone. */
class NetworkTopologyTest {
    private static final int EVENTS = 200;
    private static final long START = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();

    @TempDir
    private Path folder;

    static Stream<String> cells() {
        return Cells.names().stream();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void whatIsSentIsWhatTheOracleSays(String cell) {
        Pipeline pipeline = Pipelines.read(Networks.with(Pipelines.RECORD_KEY, cell, folder));
        Oracle oracle = new Oracle(pipeline, source -> false);
        List<String> expected = new ArrayList<>();
        try (Rig rig = new Rig(pipeline, folder)) {
            SplittableRandom random = new SplittableRandom(31);
            for (int i = 0; i < EVENTS; i++) {
                byte[] key = Rig.utf8("m" + random.nextInt(3));
                byte[] value = Rig.utf8("{\"kwh\":" + random.nextInt(90) + ",\"at\":" + (START + i * 1_500_000L) + "}");
                rig.send(key, value);
                oracle.fold(record(i, key, value)).stream()
                        .filter(said -> said.kind() == Kind.FORECASTS)
                        .forEach(said -> expected.add(said.key() + " " + new String(said.value())));
            }
            List<String> sent = rig.read(Kind.FORECASTS).stream()
                    .map(r -> r.key() + " " + new String(r.value()))
                    .toList();
            Sayings.assertSame(Kind.FORECASTS, List.of(sent), List.of(expected));
            assertThat(sent).hasSizeGreaterThan(EVENTS);
            assertThat(sent.get(sent.size() - 1)).contains("\"network\":");
            assertThat(rig.deadLetters()).isEmpty();
        }
    }

    private static ConsumerRecord<byte[], byte[]> record(int offset, byte[] key, byte[] value) {
        long written = Rig.NOW.plusSeconds(offset).toEpochMilli();
        return new ConsumerRecord<>(
                "readings",
                0,
                offset,
                written,
                TimestampType.CREATE_TIME,
                key.length,
                value.length,
                key,
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
