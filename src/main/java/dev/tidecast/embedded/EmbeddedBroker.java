package dev.tidecast.embedded;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.utils.Time;

/**
 * A real Kafka broker inside this process, for the demo and the tests: one KRaft node on free loopback ports with its log
 * in a temporary folder. Started by {@link #start()}; {@link #close()} stops it and deletes the folder, may be called
 * from any thread and more than once. A JVM that can be interrupted owns a shutdown hook that closes it.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final int ATTEMPTS = 3;

    private final KafkaRaftServer server;
    private final String bootstrap;
    private final Path folder;
    private boolean closed;

    private EmbeddedBroker(KafkaRaftServer server, String bootstrap, Path folder) {
        this.server = server;
        this.bootstrap = bootstrap;
        this.folder = folder;
    }

    /** Starts a broker and returns once it serves clients. */
    public static EmbeddedBroker start() {
        return start(Map.of());
    }

    /** Starts a broker with these settings over those it would have, and returns once it serves clients. */
    public static EmbeddedBroker start(Map<String, String> settings) {
        for (int attempt = 1; ; attempt++) {
            Path folder = Folders.temporary("tidecast-broker-");
            try {
                return start(folder, settings);
            } catch (RuntimeException e) {
                Folders.delete(folder);
                // Somebody else may have taken a port between the choice and the bind.
                if (attempt == ATTEMPTS) {
                    throw new IllegalStateException("the embedded broker does not start", e);
                }
            }
        }
    }

    private static EmbeddedBroker start(Path folder, Map<String, String> over) {
        List<BrokerNode> cluster = BrokerNode.cluster(1, folder);
        BrokerNode node = cluster.get(0);
        node.format(BrokerNode.newClusterId());
        Properties settings = node.settings(cluster);
        settings.putAll(over);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        try {
            server.startup();
        } catch (RuntimeException e) {
            server.shutdown();
            throw e;
        }
        return new EmbeddedBroker(server, BrokerNode.bootstrap(cluster), folder);
    }

    /** host:port for {@code bootstrap.servers}. */
    public String bootstrap() {
        return bootstrap;
    }

    /** Where the broker keeps its log; gone after {@link #close()}. */
    public Path folder() {
        return folder;
    }

    /** Creates a topic with the broker's default settings. */
    public void createTopic(String name, int partitions) {
        createTopics(List.of(new NewTopic(name, partitions, (short) 1)));
    }

    /** Creates topics and returns when the controller has made them; brokers know of them a moment later. */
    public void createTopics(Collection<NewTopic> topics) {
        createTopics(bootstrap, topics);
    }

    /** Creates topics on any brokers, as {@link #createTopics(Collection)} does. */
    public static void createTopics(String bootstrap, Collection<NewTopic> topics) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            admin.createTopics(topics).all().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topics", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot create topics: " + e.getCause(), e);
        }
    }

    /** A second caller returns when the first is through. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            server.shutdown();
            server.awaitShutdown();
        } finally {
            Folders.delete(folder);
        }
    }
}
