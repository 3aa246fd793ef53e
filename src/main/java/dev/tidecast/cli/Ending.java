package dev.tidecast.cli;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;

/**
 * What has to be closed however a verb ends: by itself, or by Ctrl-C or SIGTERM, which then end the process with the
 * verb's own exit code rather than with that of the signal.
 */
final class Ending implements AutoCloseable {
    private final AutoCloseable resources;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Thread hook;

    /** @param exitCode asked after a signal, once everything is closed */
    Ending(AutoCloseable resources, IntSupplier exitCode) {
        this.resources = resources;
        this.hook = new Thread(
                () -> {
                    closeOnce();
                    Runtime.getRuntime().halt(exitCode.getAsInt());
                },
                "ending");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the end has begun, by whichever way. */
    boolean isBegun() {
        return begun.get();
    }

    @Override
    public void close() {
        closeOnce();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending by a signal already, and the hook waits for the same closing.
        }
    }

    private synchronized void closeOnce() {
        if (!begun.compareAndSet(false, true)) {
            return;
        }
        try {
            resources.close();
        } catch (Exception e) {
            throw new IllegalStateException("cannot close", e);
        }
    }
}
