package dev.tidecast.demo;

import dev.tidecast.pipeline.Kind;
import dev.tidecast.serve.DeadLetterHead;
import dev.tidecast.serve.ForecastHead;
import dev.tidecast.serve.Tail;
import dev.tidecast.stream.Reason;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The account of one input topic: which of its offsets have been answered by a forecast, which by a dead letter. Every
 * offset must be answered once, by one of the two. Written on the thread of the {@link Tail}, read by the demo.
 */
final class Ledger implements Tail.Reader {
    private final String topic;
    private final Map<Integer, BitSet> answered = new TreeMap<>();
    private final Map<Integer, BitSet> refused = new TreeMap<>();
    private final Map<String, Long> reasons = new TreeMap<>();
    private long answers;
    private long doubled;
    private long astray;
    private @Nullable Instant first;

    /** @param topic the input topic */
    Ledger(String topic) {
        this.topic = topic;
    }

    @Override
    public synchronized void read(Kind kind, ConsumerRecord<byte[], byte[]> record) {
        if (kind == Kind.FORECASTS) {
            answer(record);
        } else if (kind == Kind.DLQ) {
            DeadLetterHead letter = DeadLetterHead.of(record);
            reasons.merge(letter.reason(), 1L, Long::sum);
            // It names a key; the event that made the key's buckets due is answered by itself.
            if (!letter.reason().equals(Reason.CLOSE_FAILED.name())) {
                enter(refused, letter.topic(), letter.partition(), letter.offset());
            }
        }
    }

    private void answer(ConsumerRecord<byte[], byte[]> record) {
        try {
            ForecastHead head = ForecastHead.of(record.value());
            if (head.trigger().equals("event")) {
                answers++;
                first = first == null ? Instant.now() : first;
                enter(answered, head.topic(), head.partition(), head.offset());
            }
        } catch (IOException e) {
            astray++;
        }
    }

    private void enter(Map<Integer, BitSet> side, String from, int partition, long offset) {
        if (!from.equals(topic) || partition < 0 || offset < 0) {
            astray++;
            return;
        }
        BitSet seen = side.computeIfAbsent(partition, p -> new BitSet());
        if (seen.get((int) offset)) {
            doubled++;
        }
        seen.set((int) offset);
    }

    /** Input records answered by a forecast. */
    synchronized long answers() {
        return answers;
    }

    /** When the first answer was read; null before. */
    synchronized @Nullable Instant firstAnswer() {
        return first;
    }

    /** Dead letters by reason. */
    synchronized Map<String, Long> reasons() {
        return new TreeMap<>(reasons);
    }

    /** How many of the offsets below these ends, partition by partition, have no answer yet. */
    synchronized long unanswered(Map<Integer, Long> ends) {
        long missing = 0;
        for (Map.Entry<Integer, Long> end : ends.entrySet()) {
            BitSet seen = new BitSet();
            seen.or(answered.getOrDefault(end.getKey(), seen));
            seen.or(refused.getOrDefault(end.getKey(), new BitSet()));
            missing += end.getValue() - seen.cardinality();
        }
        return missing;
    }

    /** What does not add up; empty if all does. Ends: of the input; sent: what the sender says, by kind. */
    synchronized List<String> faults(Map<Integer, Long> ends, Map<String, Long> sentBad, long sentGood) {
        List<String> faults = new ArrayList<>();
        long missing = unanswered(ends);
        if (missing > 0) {
            faults.add(missing + " records of " + topic + " have neither a forecast nor a dead letter");
        }
        long both = 0;
        for (Map.Entry<Integer, BitSet> side : refused.entrySet()) {
            BitSet common = (BitSet) side.getValue().clone();
            common.and(answered.getOrDefault(side.getKey(), new BitSet()));
            both += common.cardinality();
        }
        if (doubled + both + astray > 0) {
            faults.add("of " + topic + " " + doubled + " records are answered twice, " + both + " both ways, and "
                    + astray + " answers belong to no record");
        }
        if (answers != sentGood) {
            faults.add(sentGood + " good records were sent to " + topic + ", " + answers + " are answered");
        }
        if (!reasons.equals(sentBad)) {
            faults.add("bad records sent to " + topic + ": " + sentBad + ", dead letters: " + reasons);
        }
        return faults;
    }
}
