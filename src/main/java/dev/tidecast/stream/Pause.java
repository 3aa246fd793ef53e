package dev.tidecast.stream;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets a thread wait, and ends every wait, now and later, once {@link #stop} is called: nothing holds up a shutdown. */
final class Pause {
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** Waits so long, or until there is a stop. */
    void await(Duration length) {
        try {
            // The answer says which of the two it was: the caller goes on either way.
            boolean ignored = stopped.await(length.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void stop() {
        stopped.countDown();
    }
}
