package dev.tidecast.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.Patience;
import dev.tidecast.embedded.EmbeddedBroker;
import dev.tidecast.metrics.Meters;
import dev.tidecast.pipeline.Pipeline;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** The tail and the lookup on a real broker: transactions, some of them aborted, and more keys than are kept in memory. */
class StoredForecastsIT {
    private static final int KEYS = 120;

    @Test
    void theForecastOfEveryKeyIsAnsweredThoughFewAreKeptInMemory() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Meters meters = new Meters()) {
            broker.createTopic("demand.forecasts", 3);
            broker.createTopic("demand.accuracy", 1);
            broker.createTopic("demand.dlq", 1);
            Pipeline pipeline = Records.pipeline("demand").withKafka(Map.of("bootstrap.servers", broker.bootstrap()));
            Map<String, byte[]> latest = write(broker.bootstrap());
            Board board = new Board(pipeline, 10);
            try (Tail tail = new Tail(pipeline, List.of(board));
                    HttpSide side = HttpSide.start("127.0.0.1", 0, List.of(board), new Up(), meters)) {
                tail.start();
                Patience.until(board::isCaughtUp);
                assertThat(board.size()).isEqualTo(KEYS);
                assertThat(board.kept()).isEqualTo(10);
                HttpClient client = HttpClient.newHttpClient();
                for (Map.Entry<String, byte[]> one : latest.entrySet()) {
                    HttpResponse<byte[]> answer = get(client, side.url() + "/v1/forecasts/" + one.getKey());
                    assertThat(answer.statusCode()).isEqualTo(200);
                    assertThat(answer.body()).isEqualTo(one.getValue());
                }
                assertThat(get(client, side.url() + "/v1/forecasts/k" + KEYS).statusCode())
                        .isEqualTo(404);
            }
        }
    }

    /** Writes three forecasts of every key and aborts a fourth; answers the third ones. */
    private static Map<String, byte[]> write(String brokers) {
        Map<String, byte[]> latest = new HashMap<>();
        Map<String, Object> settings = Map.of("bootstrap.servers", brokers, "transactional.id", "writer");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            for (int round = 0; round < 4; round++) {
                producer.beginTransaction();
                for (int i = 0; i < KEYS; i++) {
                    byte[] forecast =
                            Records.forecast("k" + i, 1000 * round + i, "event").value();
                    producer.send(new ProducerRecord<>(
                            "demand.forecasts", ("k" + i).getBytes(StandardCharsets.UTF_8), forecast));
                    if (round == 2) {
                        latest.put("k" + i, forecast);
                    }
                }
                if (round < 3) {
                    producer.commitTransaction();
                } else {
                    producer.flush();
                    producer.abortTransaction();
                }
            }
        }
        return latest;
    }

    private static HttpResponse<byte[]> get(HttpClient client, String url) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private record Up() implements Health {
        @Override
        public boolean isLive() {
            return true;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public Map<String, String> states() {
            return Map.of();
        }
    }
}
