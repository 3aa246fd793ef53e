package dev.tidecast.embedded;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * One KRaft node, broker and controller in one, of a cluster of one or three on this machine: where it listens, where it
 * keeps its log, and the settings that make it small, quick to start and honest (what a real broker rejects, it rejects).
 */
record BrokerNode(int id, int brokerPort, int controllerPort, Path folder) {
    private static final String CONTROLLER = "CONTROLLER";

    static List<BrokerNode> cluster(int size, Path folder) {
        int[] ports = FreePorts.take(2 * size);
        List<BrokerNode> nodes = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            nodes.add(new BrokerNode(i + 1, ports[2 * i], ports[2 * i + 1], folder.resolve("broker-" + (i + 1))));
        }
        return List.copyOf(nodes);
    }

    static String bootstrap(List<BrokerNode> nodes) {
        return nodes.stream().map(BrokerNode::address).collect(Collectors.joining(","));
    }

    String address() {
        return "127.0.0.1:" + brokerPort;
    }

    Path log() {
        return folder.resolve("log");
    }

    Properties settings(List<BrokerNode> cluster) {
        Properties settings = new Properties();
        identity(settings, cluster);
        replication(settings, cluster.size());
        smallAndQuick(settings);
        return settings;
    }

    /** Writes the meta data a log folder must hold before its broker can start. */
    void format(String clusterId) {
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8))
                    .setClusterId(clusterId)
                    .setNodeId(id)
                    .setControllerListenerName(CONTROLLER)
                    .setMetadataLogDirectory(log().toString())
                    .addDirectory(log().toString())
                    .run();
        } catch (Exception e) { // Kafka's Formatter.run() declares no less: there is nothing narrower to catch
            throw new IllegalStateException("cannot format " + log(), e);
        }
    }

    static String newClusterId() {
        return Uuid.randomUuid().toString();
    }

    private void identity(Properties settings, List<BrokerNode> cluster) {
        settings.setProperty("node.id", Integer.toString(id));
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty(
                "controller.quorum.voters",
                cluster.stream()
                        .map(node -> node.id + "@127.0.0.1:" + node.controllerPort)
                        .collect(Collectors.joining(",")));
        settings.setProperty("controller.listener.names", CONTROLLER);
        settings.setProperty("inter.broker.listener.name", "PLAINTEXT");
        settings.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.setProperty(
                "listeners", "PLAINTEXT://" + address() + "," + CONTROLLER + "://127.0.0.1:" + controllerPort);
        settings.setProperty("log.dirs", log().toString());
    }

    private static void replication(Properties settings, int nodes) {
        String factor = Integer.toString(nodes);
        String minimum = nodes == 1 ? "1" : "2";
        settings.setProperty("default.replication.factor", factor);
        settings.setProperty("min.insync.replicas", minimum);
        settings.setProperty("offsets.topic.replication.factor", factor);
        settings.setProperty("offsets.topic.num.partitions", "1");
        settings.setProperty("transaction.state.log.replication.factor", factor);
        settings.setProperty("transaction.state.log.num.partitions", "1");
        settings.setProperty("transaction.state.log.min.isr", minimum);
        settings.setProperty("share.coordinator.state.topic.replication.factor", factor);
        settings.setProperty("share.coordinator.state.topic.num.partitions", "1");
        settings.setProperty("share.coordinator.state.topic.min.isr", minimum);
    }

    private static void smallAndQuick(Properties settings) {
        settings.setProperty("auto.create.topics.enable", "false");
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
        settings.setProperty("group.min.session.timeout.ms", "500");
        settings.setProperty("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        settings.setProperty("broker.heartbeat.interval.ms", "500");
        settings.setProperty("broker.session.timeout.ms", "3000");
        settings.setProperty("num.network.threads", "2");
        settings.setProperty("num.io.threads", "4");
        settings.setProperty("background.threads", "2");
        settings.setProperty("log.segment.bytes", Integer.toString(64 << 20));
        // An index is preallocated per partition: 256 KiB index a 64 MiB segment with room to spare.
        settings.setProperty("log.index.size.max.bytes", Integer.toString(256 << 10));
        settings.setProperty("offsets.topic.segment.bytes", Integer.toString(8 << 20));
        settings.setProperty("transaction.state.log.segment.bytes", Integer.toString(8 << 20));
        settings.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
    }
}
