package dev.tidecast.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Some threads that do the numbered parts of a piece of work; how many they are cannot be seen in any result. */
public final class Crew implements AutoCloseable {
    private final ExecutorService threads;

    public Crew(int size) {
        AtomicInteger number = new AtomicInteger();
        threads = Executors.newFixedThreadPool(size, work -> {
            Thread thread = new Thread(work, "learn-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** One thread per core. */
    public static Crew ofAllCores() {
        return new Crew(Runtime.getRuntime().availableProcessors());
    }

    /** Does parts 0 .. count - 1 and returns when all are done. */
    void each(int count, IntConsumer part) {
        List<Callable<Void>> work = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            int number = k;
            work.add(() -> {
                part.accept(number);
                return null;
            });
        }
        try {
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("training was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("training failed: " + e.getCause(), e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
