package dev.tidecast.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * One or three brokers, each a process of its own from this process's class path, for tests that hurt them: a broker can
 * be killed ({@code kill -9}), paused (SIGSTOP), resumed (SIGCONT) and restarted on what it had written. Brokers are
 * numbered from 1. {@link #close()} kills what runs and deletes the folders.
 */
public final class BrokerProcesses implements AutoCloseable {
    /** Small and quick to start, for tests; a bench asks for more. */
    public static final List<String> SMALL = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private static final int ATTEMPTS = 3;
    private static final long ASK_AGAIN_MILLIS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final List<BrokerNode> nodes;
    private final List<String> options;
    private final List<Process> processes = new ArrayList<>();
    private boolean closed;

    private BrokerProcesses(Path folder, int brokers, List<String> options) {
        this.folder = folder;
        this.nodes = BrokerNode.cluster(brokers, folder);
        this.options = List.copyOf(options);
    }

    /** Starts brokers for a test and returns once all of them serve. */
    public static BrokerProcesses start(int brokers) {
        return start(brokers, SMALL, null);
    }

    /**
     * Starts brokers and returns once all of them serve.
     *
     * @param options the JVM options of each
     * @param parent where their temporary folder is made; null: the usual place
     */
    public static BrokerProcesses start(int brokers, List<String> options, @Nullable Path parent) {
        for (int attempt = 1; ; attempt++) {
            BrokerProcesses cluster =
                    new BrokerProcesses(Folders.temporary("tidecast-brokers-", parent), brokers, options);
            try {
                cluster.formatAndLaunch();
                return cluster;
            } catch (RuntimeException e) {
                cluster.close();
                // Somebody else may have taken a port between the choice and the bind.
                if (attempt == ATTEMPTS) {
                    throw new IllegalStateException("the brokers do not start", e);
                }
            }
        }
    }

    private void formatAndLaunch() {
        String clusterId = BrokerNode.newClusterId();
        for (BrokerNode node : nodes) {
            node.format(clusterId);
            write(node.settings(nodes), settingsFile(node));
        }
        nodes.forEach(node -> processes.add(launch(node)));
        await(
                "all brokers to serve",
                admin -> admin.describeCluster().nodes().get().size() == nodes.size());
    }

    /** Every broker's host:port for {@code bootstrap.servers}, comma-separated. */
    public String bootstrap() {
        return BrokerNode.bootstrap(nodes);
    }

    /** The process id of a broker, to measure what it uses. */
    public long pid(int broker) {
        return processes.get(broker - 1).pid();
    }

    /** Creates topics and returns when every partition has a leader. */
    public void createTopics(Collection<NewTopic> topics) {
        EmbeddedBroker.createTopics(bootstrap(), topics);
        for (NewTopic topic : topics) {
            await(
                    "leaders of " + topic.name(),
                    admin -> describe(admin, topic.name()).stream().allMatch(partition -> partition.leader() != null));
        }
    }

    /** The broker that leads a partition now. */
    public int leader(String topic, int partition) {
        int[] leader = new int[1];
        await("a leader of " + topic, admin -> {
            TopicPartitionInfo info = describe(admin, topic).get(partition);
            leader[0] = info.leader() == null ? 0 : info.leader().id();
            return leader[0] > 0;
        });
        return leader[0];
    }

    /** Returns when every partition of a topic has all its replicas in sync. */
    public void awaitInSync(String topic) {
        await(
                topic + " to be in sync",
                admin -> describe(admin, topic).stream()
                        .allMatch(partition ->
                                partition.isr().size() == partition.replicas().size()));
    }

    /** {@code kill -9}: the broker is gone between two instructions. */
    public void kill(int broker) {
        end(processes.get(broker - 1));
    }

    /** SIGSTOP: the broker keeps its connections and answers nothing. */
    public void pause(int broker) {
        signal("STOP", broker);
    }

    /** SIGCONT: a paused broker goes on where it was. */
    public void resume(int broker) {
        signal("CONT", broker);
    }

    /** Starts a killed broker on the log it left. */
    public void restart(int broker) {
        if (processes.get(broker - 1).isAlive()) {
            throw new IllegalStateException("broker " + broker + " is alive");
        }
        processes.set(broker - 1, launch(nodes.get(broker - 1)));
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        processes.forEach(Process::destroyForcibly);
        processes.forEach(BrokerProcesses::end);
        Folders.delete(folder);
    }

    private Process launch(BrokerNode node) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-Dlogback.configurationFile=dev/tidecast/embedded/broker-logback.xml");
        command.add(BrokerProcess.class.getName());
        command.add(settingsFile(node).toString());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output(node).toFile()));
        // Through the environment: a class path may be longer than a command line.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start broker " + node.id(), e);
        }
    }

    private void signal(String name, int broker) {
        String[] command = {"kill", "-" + name, Long.toString(pid(broker))};
        try {
            int code = new ProcessBuilder(command).start().waitFor();
            if (code != 0) {
                throw new IllegalStateException(String.join(" ", command) + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted in " + String.join(" ", command), e);
        }
    }

    private static void end(Process process) {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** A question to the cluster that is asked again until it says yes. */
    private interface Question {
        boolean ask(Admin admin) throws ExecutionException, InterruptedException;
    }

    private void await(String what, Question question) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (Admin admin = Admin.create(
                Map.of("bootstrap.servers", bootstrap(), "default.api.timeout.ms", 5000, "request.timeout.ms", 2000))) {
            while (!yes(admin, question)) {
                if (System.nanoTime() > end || processes.stream().noneMatch(Process::isAlive)) {
                    throw new IllegalStateException("waited in vain for " + what + outputs());
                }
                // The cluster is another process and tells nobody when it gets there: it can only be asked.
                Thread.sleep(ASK_AGAIN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + what, e);
        }
    }

    private static boolean yes(Admin admin, Question question) throws InterruptedException {
        try {
            return question.ask(admin);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException) {
                return false;
            }
            throw new IllegalStateException(String.valueOf(e.getCause()), e);
        }
    }

    private static List<TopicPartitionInfo> describe(Admin admin, String topic)
            throws ExecutionException, InterruptedException {
        TopicDescription described =
                admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
        return Objects.requireNonNull(described, topic).partitions();
    }

    private static Path settingsFile(BrokerNode node) {
        return node.folder().resolve("server.properties");
    }

    private static Path output(BrokerNode node) {
        return node.folder().resolve("output.log");
    }

    private static void write(Properties settings, Path file) {
        try (Writer writer = Files.newBufferedWriter(file)) {
            settings.store(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the brokers said, for the message of a failure. */
    private String outputs() {
        StringBuilder said = new StringBuilder();
        for (BrokerNode node : nodes) {
            try {
                String output = Files.readString(output(node));
                said.append("\nbroker ").append(node.id()).append(": ");
                said.append(output, Math.max(0, output.length() - 2000), output.length());
            } catch (IOException e) {
                said.append("\nbroker ")
                        .append(node.id())
                        .append(" has no output: ")
                        .append(e);
            }
        }
        return said.toString();
    }
}
