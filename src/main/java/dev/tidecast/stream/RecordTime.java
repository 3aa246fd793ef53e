package dev.tidecast.stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The record's own timestamp. Event time lives in the observation, never in Kafka's timestamp: brokers refuse those far
 * ahead and delete by them. A record without one counts as written in 1970; Streams would drop it unseen.
 */
public final class RecordTime implements TimestampExtractor {
    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return of(record);
    }

    static long of(ConsumerRecord<?, ?> record) {
        return Math.max(0, record.timestamp());
    }
}
