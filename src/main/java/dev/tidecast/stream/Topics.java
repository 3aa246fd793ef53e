package dev.tidecast.stream;

import dev.tidecast.pipeline.Kind;
import dev.tidecast.pipeline.Pipeline;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics of a pipeline, checked before its first thread starts: a missing one would otherwise show as a thread that
 * hangs, or as a dead letter that can never be written. Output topics are created if they may be, as co-partitions of
 * the source and with cleanup and retention written out.
 */
final class Topics {
    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);
    private static final String CLEANUP = "cleanup.policy";
    private static final String DAY = "86400000";
    private static final String MONTH = "2592000000";

    private final Pipeline pipeline;
    private final Admin admin;
    private final StreamsConfig config;
    private final int largestRecord;

    /** @param config where the brokers are, and how large the records of the producers may be */
    Topics(Pipeline pipeline, Admin admin, StreamsConfig config) {
        this.pipeline = pipeline;
        this.admin = admin;
        this.config = config;
        this.largestRecord = StreamSettings.largestRecord(config);
    }

    /** Checks the source and the state, checks or creates the outputs; a {@link StartException} says what to do. */
    void prepare() {
        String source = pipeline.source().topic();
        int partitions = partitions(source)
                .orElseThrow(() -> new StartException("topic " + source + " does not exist on "
                        + pipeline.kafka().get("bootstrap.servers") + ": create it, or correct sources."
                        + pipeline.source().role() + ".topic"));
        checkState(source, partitions);
        for (Kind kind : List.of(Kind.FORECASTS, Kind.ACCURACY, Kind.DLQ)) {
            if (partitions(pipeline.topic(kind)).isEmpty()) {
                create(kind, partitions);
            }
            checkSettings(kind);
        }
    }

    /** What an output topic is created with. */
    static Map<String, String> settings(Kind kind) {
        Map<String, String> settings = new HashMap<>();
        if (kind == Kind.FORECASTS) {
            // A reader who was away for a day still sees every forecast; afterwards the latest of each key stays.
            settings.put(CLEANUP, "compact");
            settings.put("min.compaction.lag.ms", DAY);
        } else {
            settings.put(CLEANUP, "delete");
            settings.put("retention.ms", MONTH);
        }
        return settings;
    }

    // Streams itself would fail later, and with a message about an internal topic.
    private void checkState(String source, int partitions) {
        String topic = pipeline.source().key().isRecordKey()
                ? pipeline.name() + "-" + Names.SERIES_STORE + "-changelog"
                : Names.repartitionTopic(pipeline.name());
        partitions(topic).filter(n -> n != partitions).ifPresent(n -> {
            throw new StartException("topic " + source + " has " + partitions + " partitions, but " + pipeline.name()
                    + " has kept its state for " + n + " so far: a key may now lie in another partition than its state."
                    + " Give the pipeline a new name, or reset it (docs/operations.md)");
        });
    }

    private void create(Kind kind, int partitions) {
        String name = pipeline.topic(kind);
        Map<String, String> settings = settings(kind);
        NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(settings);
        try {
            Brokers.answer(admin.createTopics(List.of(topic)).all());
            LOG.info("{}: created topic {} with {} partitions", pipeline.name(), name, partitions);
        } catch (ExecutionException e) {
            if (!(cause(e) instanceof TopicExistsException)) {
                throw new StartException(
                        "topic " + name + " does not exist and cannot be created ("
                                + cause(e).getMessage() + "): create it with " + partitions + " partitions and "
                                + settings,
                        e);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void checkSettings(Kind kind) {
        String name = pipeline.topic(kind);
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        try {
            Config found = Brokers.answer(
                            admin.describeConfigs(List.of(resource)).all())
                    .get(resource);
            if (found != null) {
                checkCleanup(kind, name, value(found, CLEANUP));
                checkSize(name, value(found, "max.message.bytes"));
            }
        } catch (ExecutionException e) {
            // The right to describe settings is not needed to run; whoever withholds it has made the topic with care.
            LOG.info("{}: the settings of {} cannot be seen: {}", pipeline.name(), name, cause(e).toString());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void checkCleanup(Kind kind, String name, String cleanup) {
        boolean compacts = cleanup.toLowerCase(Locale.ROOT).contains("compact");
        if (kind == Kind.DLQ && compacts) {
            throw new StartException("topic " + name + " has " + CLEANUP + "=" + cleanup
                    + ", which refuses dead letters without a key: set it to delete");
        }
        if (kind == Kind.FORECASTS && !compacts) {
            LOG.warn(
                    "{}: {} has {}={}: the latest forecast of a quiet key will be deleted with its segment",
                    pipeline.name(),
                    name,
                    CLEANUP,
                    cleanup);
        }
    }

    // A record the broker finds too large takes its whole transaction with it.
    private void checkSize(String name, String largest) {
        if (!largest.isEmpty() && Long.parseLong(largest) < largestRecord) {
            throw new StartException("topic " + name + " takes records of at most " + largest + " bytes, but up to "
                    + largestRecord + " may be sent: set kafka.producer.max.request.size to " + largest
                    + ", or raise the topic's max.message.bytes");
        }
    }

    private static String value(Config config, String name) {
        ConfigEntry entry = config.get(name);
        return entry == null || entry.value() == null ? "" : entry.value();
    }

    private Optional<Integer> partitions(String topic) {
        try {
            Map<String, TopicDescription> descriptions =
                    Brokers.answer(admin.describeTopics(List.of(topic)).allTopicNames());
            return Optional.ofNullable(descriptions.get(topic))
                    .map(found -> found.partitions().size());
        } catch (ExecutionException e) {
            if (cause(e) instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            if (cause(e) instanceof AuthorizationException) {
                throw new StartException("topic " + topic + " cannot be seen: grant Describe on it", e);
            }
            throw Brokers.silent(config, cause(e));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static Throwable cause(ExecutionException e) {
        return e.getCause() == null ? e : e.getCause();
    }

    private static StartException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StartException("interrupted while looking at the topics", e);
    }
}
