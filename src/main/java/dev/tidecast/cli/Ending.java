package dev.tidecast.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * What has to be closed however a verb ends: by itself, or by Ctrl-C or SIGTERM. After a signal the process ends in the
 * ordinary way with the verb's own exit code; a shutdown hook could only choose between the signal's code and a halt that
 * leaves temporary files behind. The first signal closes everything and allows {@link #ORDERLY} for it, the second one
 * allows {@link #HURRIED} from then on. What is not closed by then is given up: the process ends by SIGINT, code 130.
 */
final class Ending implements AutoCloseable {
    static final Duration ORDERLY = Duration.ofSeconds(45);
    static final Duration HURRIED = Duration.ofSeconds(5);
    static final int GIVEN_UP = 130;
    private static final Duration FOR_THE_OWNER = Duration.ofSeconds(5);

    private final AutoCloseable resources;
    private final IntSupplier exitCode;
    private final Thread owner = Thread.currentThread();
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicInteger signals = new AtomicInteger();
    private boolean closed;

    /** @param exitCode asked after a signal, once everything is closed */
    Ending(AutoCloseable resources, IntSupplier exitCode) {
        this.resources = resources;
        this.exitCode = exitCode;
        for (String name : new String[] {"INT", "TERM", "HUP"}) {
            try {
                Signal.handle(new Signal(name), signal -> signalled());
            } catch (IllegalArgumentException e) {
                // This system has no such signal, or the JVM was told to leave it alone.
            }
        }
    }

    /** Does the work of a verb. What fails because everything is being closed is no failure of the work. */
    int during(Callable<Integer> work) throws Exception {
        try {
            return work.call();
        } catch (
                Exception e) { // Callable declares no less, and a part that is closed under the work may throw anything
            if (isBegun()) {
                return exitCode.getAsInt();
            }
            throw e;
        }
    }

    /** Whether the end has begun, by whichever way. */
    boolean isBegun() {
        return begun.get();
    }

    @Override
    public void close() {
        begun.set(true);
        closeOnce();
    }

    private void signalled() {
        int count = signals.incrementAndGet();
        if (count <= 2) {
            giveUpAfter(count == 1 ? ORDERLY : HURRIED);
        }
        if (begun.compareAndSet(false, true)) {
            new Thread(this::closeAndExit, "ending").start();
        }
    }

    // On a thread of its own: what is being closed may hold every thread of a shared pool.
    private static void giveUpAfter(Duration time) {
        CompletableFuture.delayedExecutor(
                        time.toMillis(), TimeUnit.MILLISECONDS, task -> new Thread(task, "ending-limit").start())
                .execute(Ending::giveUp);
    }

    // A halt comes second: the JVM may write an archive of its classes first, and crash while others still run.
    private static void giveUp() {
        Signal.handle(new Signal("INT"), SignalHandler.SIG_DFL);
        try {
            new ProcessBuilder(
                            "sh", "-c", "kill -INT " + ProcessHandle.current().pid())
                    .start()
                    .waitFor();
        } catch (IOException e) {
            // There is no shell; the halt ends the process too.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(GIVEN_UP);
    }

    private void closeAndExit() {
        int code = Tidecast.FAILED;
        try {
            closeOnce();
            code = exitCode.getAsInt();
            // It may be waiting for something that has just been closed. Usually it ends the process itself.
            owner.interrupt();
            owner.join(FOR_THE_OWNER.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            System.exit(code);
        }
    }

    private synchronized void closeOnce() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            resources.close();
        } catch (
                Exception
                        e) { // AutoCloseable.close() declares no less, and whatever it is ends the process the same way
            throw new IllegalStateException("cannot close", e);
        }
    }
}
