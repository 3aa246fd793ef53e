package dev.tidecast.stream;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Whether the brokers answer. Kafka Streams keeps saying RUNNING while they do not, so the broker that holds the group is
 * asked about it every two seconds, without waiting for the answer. {@link ForecastStream} starts it after its checks;
 * any thread may ask {@link #isSilent}.
 */
final class BrokerWatch implements AutoCloseable {
    /** After so long without an answer the brokers count as silent: three questions in a row, and a little. */
    static final Duration SILENT_AFTER = Duration.ofSeconds(7);

    private static final Duration ASK_EVERY = Duration.ofSeconds(2);

    private final Supplier<KafkaFuture<?>> question;
    private final LongSupplier nanoClock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(BrokerWatch::daemon);
    private volatile long answered;

    BrokerWatch(Supplier<KafkaFuture<?>> question, LongSupplier nanoClock) {
        this.question = question;
        this.nanoClock = nanoClock;
        this.answered = nanoClock.getAsLong();
    }

    /** The question where a group is: a broker that refuses to tell has answered too. */
    static Supplier<KafkaFuture<?>> whereIs(String group, Admin admin) {
        DescribeConsumerGroupsOptions soon = new DescribeConsumerGroupsOptions().timeoutMs((int) ASK_EVERY.toMillis());
        return () -> admin.describeConsumerGroups(List.of(group), soon).all();
    }

    /** Asks from now on. */
    void start() {
        answered = nanoClock.getAsLong();
        timer.scheduleWithFixedDelay(this::ask, 0, ASK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    void ask() {
        question.get().whenComplete((answer, failure) -> {
            boolean lost = failure != null
                    && Diagnosis.causes(failure).stream().anyMatch(RetriableException.class::isInstance);
            if (!lost) {
                answered = nanoClock.getAsLong();
            }
        });
    }

    /** Whether no broker has answered for {@link #SILENT_AFTER}. */
    boolean isSilent() {
        return nanoClock.getAsLong() - answered > SILENT_AFTER.toNanos();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "broker-watch");
        thread.setDaemon(true);
        return thread;
    }
}
