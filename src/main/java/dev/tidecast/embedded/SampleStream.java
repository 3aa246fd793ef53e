package dev.tidecast.embedded;

import java.util.Comparator;
import java.util.Iterator;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * An endless stream of samples in the order they are sent: a pure function of its seed and start. One reader at a time.
 */
public final class SampleStream implements Iterator<Sample> {
    /** Draws the next stretch of the stream's time, samples in any order, and says where the stretch ends. */
    interface Stretches {
        long draw(Consumer<Sample> out);
    }

    private record Queued(Sample sample, long number) {}

    private final Stretches stretches;
    private final PriorityQueue<Queued> queue = new PriorityQueue<>(
            Comparator.comparingLong((Queued queued) -> queued.sample.at()).thenComparingLong(Queued::number));
    private long drawnUntil = Long.MIN_VALUE;
    private long drawn;

    SampleStream(Stretches stretches) {
        this.stretches = stretches;
    }

    /** Always. */
    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Sample next() {
        Queued first = queue.peek();
        while (first == null || first.sample.at() >= drawnUntil) {
            drawnUntil = stretches.draw(sample -> queue.add(new Queued(sample, drawn++)));
            first = queue.peek();
        }
        queue.remove();
        return first.sample;
    }
}
