package dev.tidecast.stream;

import dev.tidecast.embedded.BrokerProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * {@code bin/bench stream}: the forecaster against the {@link BareTopology} that writes the same bytes, as a ratio
 * measured in one run. The broker is a process of its own; logs and state lie on a memory file system where there is one.
 */
public final class StreamBench {
    private static final Path MEMORY = Path.of("/dev/shm");

    private StreamBench() {}

    public static void main(String[] arguments) throws Exception {
        BenchOptions options;
        try {
            options = BenchOptions.of(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + System.lineSeparator() + BenchOptions.USAGE);
            System.exit(2);
            return;
        }
        List<Turns.Result> results = run(options);
        // Standard output is what a benchmark is for: bin/bench hands it on, to a person or a program.
        System.out.println(options.json() ? StreamReport.json(options, results) : StreamReport.table(options, results));
        System.exit(0);
    }

    private static List<Turns.Result> run(BenchOptions options) throws IOException, InterruptedException {
        Path parent = Files.isWritable(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
        Path folder = Files.createTempDirectory(parent, "tidecast-bench-");
        List<Turns.Result> results = new ArrayList<>();
        say("starting a broker");
        try (BrokerProcesses brokers = BrokerProcesses.start(1, List.of("-Xmx2g", "-XX:+UseG1GC"), parent)) {
            // Ctrl-C: the topologies end with their input, what is on disk is ours to delete.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                brokers.close();
                remove(folder);
            }));
            brokers.createTopics(List.of(new NewTopic(Load.TOPIC, Load.PARTITIONS, (short) 1)));
            try (Load load = new Load(brokers.bootstrap(), options.keys())) {
                for (Case each : Case.ALL) {
                    try (Turns turns = new Turns(brokers, load, options, folder, each, StreamBench::say)) {
                        results.add(turns.run());
                    }
                }
            }
        }
        return results;
    }

    private static void remove(Path folder) {
        try {
            Turns.delete(folder);
        } catch (IOException e) {
            say("left behind: " + folder + ": " + e);
        }
    }

    private static void say(String line) {
        System.err.println(line);
    }
}
