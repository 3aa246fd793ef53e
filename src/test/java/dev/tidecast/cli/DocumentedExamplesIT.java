package dev.tidecast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tidecast.Patience;
import dev.tidecast.embedded.EmbeddedBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The section "Your own topic" of the README, done as it stands there. */
class DocumentedExamplesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String IN = "retail.sales";
    private static final String OUT = "store-demand.forecasts";

    @TempDir
    Path folder;

    private String section = "";

    @BeforeEach
    void files() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        section = readme.substring(readme.indexOf("## Your own topic"), readme.indexOf("## How good, how fast"));
        Files.writeString(folder.resolve("sales.yaml"), block("yaml", 0));
        history(block("text", 0).lines().toList());
    }

    private String block(String language, int number) {
        Matcher block = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(section);
        for (int i = 0; i <= number; i++) {
            assertThat(block.find()).as("%s block %d", language, i).isTrue();
        }
        return block.group(1);
    }

    /** The README's lines, and more of their kind up to the day before its event. */
    private void history(List<String> shown) throws IOException {
        LocalDate first = LocalDate.parse(shown.get(1).split(",")[1]);
        try (Writer out = new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(folder.resolve("history.csv.gz"))),
                StandardCharsets.UTF_8)) {
            out.write(String.join("\n", shown) + "\n");
            for (LocalDate day = first.plusDays(1); day.isBefore(first.plusYears(2)); day = day.plusDays(1)) {
                for (String row : shown.subList(1, shown.size())) {
                    String[] columns = row.split(",");
                    int weekend = day.getDayOfWeek().getValue() > 5 ? 5 : 0;
                    long value = Long.parseLong(columns[2]) + weekend + day.toEpochDay() * 7 % 4;
                    out.write(columns[0] + "," + day + "," + value + "\n");
                }
            }
        }
    }

    private Process start(String verb, String... replaced) throws IOException {
        String line = block("sh", 0)
                .lines()
                .filter(l -> l.startsWith("./tidecast " + verb + " "))
                .findFirst()
                .orElseThrow();
        for (int i = 0; i < replaced.length; i += 2) {
            assertThat(line).contains(replaced[i]);
            line = line.replace(replaced[i], replaced[i + 1]);
        }
        String checkout = Path.of("").toAbsolutePath().toString();
        ProcessBuilder shell =
                new ProcessBuilder("sh", "-c", "exec " + line.replaceFirst("[.]", checkout)).directory(folder.toFile());
        shell.environment().put("TIDECAST_JAVA_HOME", System.getProperty("java.home"));
        shell.environment().put("TIDECAST_JAVA_OPTS", "-Djava.io.tmpdir=" + folder);
        shell.environment().put("TIDECAST_NO_BUILD", "1");
        return shell.redirectError(folder.resolve(verb + ".err").toFile()).start();
    }

    private String done(String verb) throws IOException, InterruptedException {
        Process process = start(verb);
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(text + Files.readString(folder.resolve(verb + ".err")))
                .isZero();
        return text;
    }

    @Test
    void theCommandsOfTheReadmeDoWhatItSays() throws Exception {
        done("validate");
        assertThat(done("train")).contains("until 2026-08-31T22:00:00Z");
        assertThat(folder.resolve("sales.model")).isNotEmptyFile();
        assertThat(done("backtest"))
                .contains("the model was trained on data until 2026-08-31T22:00:00Z")
                .contains("error than repeating the last season");
        assertThat(folder.resolve("report.html")).content().contains("\"trained_until\":\"2026-08-31T22:00:00Z\"");
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            broker.createTopic(IN, 1);
            String state = folder.resolve("state").toString();
            Process service =
                    start("run", "localhost:9092", broker.bootstrap(), "/var/lib/tidecast", state + " --port 0");
            try (BufferedReader lines = service.inputReader(StandardCharsets.UTF_8)) {
                assertThat(lines.readLine()).contains("store-demand: sum of /qty per day in Europe/Prague");
                assertThat(lines.readLine()).contains("store-demand is starting, see");
                send(broker.bootstrap(), block("json", 0).strip());
                assertForecast(received(broker.bootstrap()));
                service.destroy();
                assertThat(service.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                assertThat(service.exitValue()).isZero();
            } finally {
                service.destroyForcibly();
            }
        }
    }

    /** What the README shows is a part of what was written; only the forecast numbers and the version are other ones. */
    private void assertForecast(String written) throws IOException {
        Map<String, String> actual = leaves(written);
        Map<String, String> shown = leaves(block("json", 1));
        assertThat(shown).hasSizeGreaterThan(10);
        shown.forEach((path, value) -> {
            if (value.equals("...")) {
                assertThat(actual).containsKeys("/steps/1/h", "/steps/27/h").doesNotContainKey("/steps/28/h");
            } else if (path.matches("/model_version|/steps/0/(p10|p50|p90|mean)")) {
                assertThat(actual).containsKey(path);
            } else {
                assertThat(actual).containsEntry(path, value);
            }
        });
        assertThat(actual.get("/model_version")).matches("[0-9a-f]{12}");
    }

    /** Every value of a JSON text by its path. */
    private static Map<String, String> leaves(String json) throws IOException {
        Map<String, String> leaves = new LinkedHashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue()) {
                    leaves.put(parser.getParsingContext().pathAsPointer().toString(), parser.getText());
                }
            }
        }
        return leaves;
    }

    private static void send(String brokers, String event) {
        StringSerializer text = new StringSerializer();
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(Map.of("bootstrap.servers", brokers), text, text)) {
            producer.send(new ProducerRecord<>(IN, event));
        }
    }

    private static String received(String brokers) {
        StringDeserializer text = new StringDeserializer();
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", brokers, "isolation.level", "read_committed", "auto.offset.reset", "earliest");
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings, text, text)) {
            List<TopicPartition> partitions = consumer.partitionsFor(OUT).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<String> read = new ArrayList<>();
            Patience.until("a forecast is written", PATIENCE, () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(one -> read.add(one.value()));
                return !read.isEmpty();
            });
            return read.get(0);
        }
    }
}
