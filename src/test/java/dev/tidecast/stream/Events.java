package dev.tidecast.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A seeded stream of events for the pipelines of {@link Pipelines}: some late, some that are none at all. */
final class Events {
    private static final long START = 1_774_569_600_000L;
    private static final String[] POISON = {
        "no json", "{}", "{\"qty\":\"x\",\"kwh\":[],\"store\":1,\"sku\":2,\"at\":1}", ""
    };

    private final String topic;
    private final SplittableRandom random;
    private final boolean composite;
    /** Kafka's timestamps are of now: a real broker deletes and compacts by them. Event time never is. */
    private final long sent = System.currentTimeMillis();

    private int made;
    private int poison;

    Events(String topic, boolean composite, long seed) {
        this.topic = topic;
        this.composite = composite;
        this.random = new SplittableRandom(seed);
    }

    List<ProducerRecord<byte[], byte[]>> next(int count) {
        List<ProducerRecord<byte[], byte[]>> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(next());
        }
        return events;
    }

    int made() {
        return made;
    }

    /** How many of those made are no events. */
    int poison() {
        return poison;
    }

    private ProducerRecord<byte[], byte[]> next() {
        int series = random.nextInt(30);
        // A day or an hour of the pipelines passes in about a hundred events.
        long step = composite ? 900_000L : 36_000L;
        long at = START + made++ * step - random.nextLong(step * 60);
        String value = composite
                ? "{\"store\":" + series % 3 + ",\"sku\":\"s" + series / 3 + "\",\"qty\":" + random.nextInt(12)
                        + ",\"at\":" + at + "}"
                : "{\"kwh\":" + random.nextInt(400) / 8.0 + ",\"at\":" + at + "}";
        if (random.nextInt(40) == 0) {
            poison++;
            value = POISON[random.nextInt(POISON.length)];
        }
        String key = composite ? "any" + random.nextInt(50) : "m" + series;
        return new ProducerRecord<>(topic, null, sent, Rig.utf8(key), Rig.utf8(value));
    }
}
