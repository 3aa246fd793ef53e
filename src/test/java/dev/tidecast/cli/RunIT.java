package dev.tidecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.Patience;
import dev.tidecast.embedded.EmbeddedBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as it is deployed: the jar and {@code target/lib}, nothing of the broker beside it. */
class RunIT {
    private static final String SHOP = """
            pipeline: shop
            sources:
              demand: {topic: sales, key: record, value: /qty}
            bucket: {size: P1D}
            horizon: 7
            """;

    @TempDir
    Path temporary;

    @Test
    void anEventOnATopicBecomesAForecastOverHttpAndSigtermEndsItCleanly() throws Exception {
        Path file = Files.writeString(temporary.resolve("shop.yaml"), """
                pipeline: shop
                sources:
                  demand: {topic: sales, key: record, value: /qty, time: /at}
                bucket: {size: P1D}
                horizon: 7
                """);
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createTopic("sales", 1);
            try (Launched service = run(file, broker, "0")) {
                assertThat(service.lineWith("shop: "))
                        .isEqualTo(
                                "shop: sum of /qty per day in UTC; a bucket without events counts as 0; season: 7 steps"
                                        + " (7 days)");
                String url = service.lineWith("is starting, see").replaceFirst(".*see ", "");
                send(broker.bootstrap());
                String forecast = until200(url + "/v1/forecasts/apples");
                assertThat(forecast)
                        .contains(
                                "\"key\":\"apples\"", "\"source\":{\"topic\":\"sales\",\"partition\":0,\"offset\":1}");
                assertThat(until200(url + "/health/ready")).contains("\"shop\":\"RUNNING\"");
                assertThat(get(url + "/metrics").body()).contains("tidecast_forecasts_total{pipeline=\"shop\"");
                service.signal("TERM");
                assertThat(service.output()).isEqualTo("shop is ready: it reads sales and writes shop.forecasts\n");
                assertThat(service.exitCode()).as(service.errors()).isZero();
                assertThat(service.errors())
                        .doesNotContain("GlobalThread", "OS temp directory", "recoverable issue", "NetworkClient");
                assertThat(files(temporary)).containsExactly("shop.yaml", "state");
            }
        }
    }

    @Test
    void aTopicThatIsNotThereIsSaidInOneLine() throws Exception {
        Path file = Files.writeString(temporary.resolve("shop.yaml"), SHOP);
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Launched service = run(file, broker, "0")) {
            assertThat(service.output()).isEmpty();
            assertThat(service.exitCode()).isEqualTo(1);
            assertThat(service.errors().lines())
                    .singleElement()
                    .asString()
                    .contains("tidecast: topic sales does not exist");
        }
    }

    @Test
    void aPortThatIsTakenIsSaidBeforeTheGroupIsJoined() throws Exception {
        Path file = Files.writeString(temporary.resolve("shop.yaml"), SHOP);
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            broker.createTopic("sales", 1);
            String port = Integer.toString(taken.getLocalPort());
            try (Launched service = run(file, broker, port)) {
                assertThat(service.output()).isEmpty();
                assertThat(service.exitCode()).isEqualTo(1);
                assertThat(service.errors().lines())
                        .singleElement()
                        .asString()
                        .startsWith("tidecast: cannot listen on 127.0.0.1:" + port)
                        .endsWith("choose another with --port, 0 takes any free one");
            }
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
                assertThat(admin.listGroups().all().get()).isEmpty();
            }
        }
    }

    @Test
    void aPipelineThatGivesUpSaysWhyInItsLastLine() throws Exception {
        Path file = Files.writeString(temporary.resolve("shop.yaml"), SHOP);
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createTopic("sales", 1);
            broker.createTopic("shop-clock-changelog", 1);
            sendStateOfANewerFormat(broker.bootstrap());
            send(broker.bootstrap());
            try (Launched service = run(file, broker, "0")) {
                service.lineWith("shop is starting, see http://127.0.0.1:");
                assertThat(service.endsWithin(Patience.USUAL.toMillis()))
                        .as(service.errors())
                        .isTrue();
                assertThat(service.exitCode()).as(service.errors()).isEqualTo(1);
                List<String> said = service.errors().lines().toList();
                assertThat(said.get(said.size() - 1)).startsWith("tidecast: ").contains("clock record has format 99");
            }
        }
    }

    private Launched run(Path file, EmbeddedBroker broker, String port) throws IOException {
        String state = temporary.resolve("state").toString();
        String brokers = broker.bootstrap();
        return Launched.start(
                temporary, "run", file.toString(), "--bootstrap", brokers, "--state-dir", state, "--port", port);
    }

    /** What a later version would have written for the clock: its head and a checksum that is right. */
    private static void sendStateOfANewerFormat(String brokers) {
        ByteBuffer state = ByteBuffer.allocate(11).order(ByteOrder.LITTLE_ENDIAN);
        state.put((byte) 'T').put((byte) 'C').put((byte) 99).putInt(0);
        CRC32C crc = new CRC32C();
        crc.update(state.array(), 0, state.position());
        state.putInt((int) crc.getValue());
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("shop-clock-changelog", "clock", state.array()));
        }
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void send(String brokers) {
        StringSerializer text = new StringSerializer();
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(Map.of("bootstrap.servers", brokers), text, text)) {
            producer.send(new ProducerRecord<>("sales", "apples", "{\"qty\":3,\"at\":\"2026-01-01T08:00:00Z\"}"));
            producer.send(new ProducerRecord<>("sales", "apples", "{\"qty\":5,\"at\":\"2026-01-02T08:00:00Z\"}"));
        }
    }

    private static String until200(String url) throws Exception {
        Patience.until(url + " is answered", Patience.USUAL, () -> isAnswered(get(url)));
        return get(url).body();
    }

    private static boolean isAnswered(HttpResponse<String> answer) {
        return answer.statusCode() == 200 && !answer.body().contains("\"offset\":0}");
    }

    private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }
}
