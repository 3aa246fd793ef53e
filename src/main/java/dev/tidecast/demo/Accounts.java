package dev.tidecast.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Whether every event of the demo has been answered. The verb asks once, when the time is up. */
public final class Accounts {
    private static final Duration DRAIN = Duration.ofSeconds(30);

    private Accounts() {}

    /** Stops sending, waits for the last answers, and names what does not add up; empty if all does. */
    public static List<String> settle(Stage stage) throws Exception {
        List<Show> shows = stage.shows();
        shows.parallelStream().forEach(Show::stopReplay);
        List<String> faults = new ArrayList<>();
        for (Show show : shows) {
            Map<Integer, Long> ends =
                    ends(stage.brokers(), show.pipeline().source().topic());
            drain(show, ends);
            faults.addAll(show.ledger().faults(ends, show.acknowledgedBad(), show.acknowledgedGood()));
            if (show.failure() != null) {
                faults.add("sending to " + show.pipeline().source().topic() + " failed: " + show.failure());
            }
            if (show.board().forecasts() == 0) {
                faults.add(show.pipeline().name() + " has made no forecast");
            }
        }
        return faults;
    }

    private static void drain(Show show, Map<Integer, Long> ends) throws InterruptedException {
        long patience = System.nanoTime() + DRAIN.toNanos();
        while (show.ledger().unanswered(ends) > 0 && System.nanoTime() < patience) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** How many records each partition of a topic holds. */
    private static Map<Integer, Long> ends(String brokers, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
            admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .values()
                    .forEach(description -> description
                            .partitions()
                            .forEach(p -> asked.put(new TopicPartition(topic, p.partition()), OffsetSpec.latest())));
            Map<Integer, Long> ends = new HashMap<>();
            Map<TopicPartition, ListOffsetsResultInfo> found =
                    admin.listOffsets(asked).all().get();
            found.forEach((partition, info) -> ends.put(partition.partition(), info.offset()));
            return ends;
        }
    }
}
