package dev.tidecast.cli;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import sun.misc.Signal;

/**
 * What has to be closed however a verb ends: by itself, or by Ctrl-C or SIGTERM. After a signal the process ends in the
 * ordinary way with the verb's own exit code; a shutdown hook could only choose between the signal's code and a halt that
 * leaves temporary files behind. A second signal ends the process at once.
 */
final class Ending implements AutoCloseable {
    private static final int INTERRUPTED = 130;

    private final AutoCloseable resources;
    private final AtomicBoolean begun = new AtomicBoolean();
    private boolean closed;

    /** @param exitCode asked after a signal, once everything is closed */
    Ending(AutoCloseable resources, IntSupplier exitCode) {
        this.resources = resources;
        for (String name : new String[] {"INT", "TERM", "HUP"}) {
            try {
                Signal.handle(new Signal(name), signal -> signalled(exitCode));
            } catch (IllegalArgumentException e) {
                // This system has no such signal, or the JVM was told to leave it alone.
            }
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

    private void signalled(IntSupplier exitCode) {
        if (!begun.compareAndSet(false, true)) {
            Runtime.getRuntime().halt(INTERRUPTED);
        }
        new Thread(
                        () -> {
                            closeOnce();
                            System.exit(exitCode.getAsInt());
                        },
                        "ending")
                .start();
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
