package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.pipeline.Kind;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.series.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the oracle says of whole topics, and what a reader of the real topics has seen, as comparable texts. */
final class Sayings {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private Sayings() {}

    /** Per partition, in order: what must stand in the topic of this kind. */
    static List<List<String>> expected(
            Pipeline pipeline, List<List<ConsumerRecord<byte[], byte[]>>> input, Kind kind, Set<Source> refused) {
        List<List<String>> expected = new ArrayList<>();
        for (List<ConsumerRecord<byte[], byte[]>> partition : input) {
            Oracle oracle = new Oracle(pipeline, refused::contains);
            List<String> lines = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> record : partition) {
                oracle.fold(record).stream()
                        .filter(said -> said.kind() == kind)
                        .forEach(said -> lines.add(said.key() + " " + new String(said.value())));
            }
            expected.add(lines);
        }
        return expected;
    }

    static List<List<String>> seen(List<List<ConsumerRecord<byte[], byte[]>>> output) {
        return output.stream()
                .map(partition -> partition.stream()
                        .map(r -> new String(r.key()) + " " + new String(r.value()))
                        .toList())
                .toList();
    }

    /**
     * Checks that a reader of committed records sees on a pipeline's topics exactly what the oracle says of its input.
     *
     * @param input the topic that the forecaster reads
     * @param records how many records it holds
     */
    static void assertOnTopics(Broker broker, Pipeline pipeline, String input, int records) {
        List<List<ConsumerRecord<byte[], byte[]>>> read = broker.committed(input, records, PATIENCE);
        assertThat(count(read)).isEqualTo(records);
        for (Kind kind : List.of(Kind.FORECASTS, Kind.ACCURACY)) {
            List<List<String>> expected = expected(pipeline, read, kind, Set.of());
            assertThat(count(expected)).isGreaterThan(300);
            assertSame(kind, seen(broker.committed(pipeline.topic(kind), count(expected), PATIENCE)), expected);
        }
    }

    /** Checks that every partition of a topic says exactly this, and shows the first difference only. */
    static void assertSame(Kind kind, List<List<String>> seen, List<List<String>> expected) {
        for (int partition = 0; partition < expected.size(); partition++) {
            List<String> is = seen.get(partition);
            List<String> should = expected.get(partition);
            int common = 0;
            while (common < Math.min(is.size(), should.size()) && is.get(common).equals(should.get(common))) {
                common++;
            }
            assertThat(is.subList(common, Math.min(common + 1, is.size())))
                    .as(
                            "%s, partition %d, %d of %d there, from %d on",
                            kind, partition, is.size(), should.size(), common)
                    .isEqualTo(should.subList(common, Math.min(common + 1, should.size())));
        }
    }

    /** The source records the wall clock refused, by the dead letters. */
    static Set<Source> refusedByTheClock(List<List<ConsumerRecord<byte[], byte[]>>> deadLetters) {
        Set<Source> refused = new HashSet<>();
        for (List<ConsumerRecord<byte[], byte[]>> partition : deadLetters) {
            for (ConsumerRecord<byte[], byte[]> letter : partition) {
                if (Rig.header(letter.headers(), DeadLetter.REASON).equals(Reason.FUTURE_TIMESTAMP.name())) {
                    refused.add(new Source(
                            Rig.header(letter.headers(), DeadLetter.TOPIC),
                            Integer.parseInt(Rig.header(letter.headers(), DeadLetter.PARTITION)),
                            Long.parseLong(Rig.header(letter.headers(), DeadLetter.OFFSET)),
                            letter.timestamp()));
                }
            }
        }
        return refused;
    }

    static int count(List<? extends List<?>> partitions) {
        return partitions.stream().mapToInt(List::size).sum();
    }
}
