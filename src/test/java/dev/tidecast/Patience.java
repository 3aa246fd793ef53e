package dev.tidecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How a test waits for what another thread or process does: it asks again and again until a condition holds. */
public final class Patience {
    /** Long enough for a busy machine; no test that passes waits for so long. */
    public static final Duration USUAL = Duration.ofSeconds(60);

    private static final long PAUSE_MILLIS = 5;

    private Patience() {}

    /** What is asked; an exception fails the test at once. */
    public interface Condition {
        boolean holds() throws Exception;
    }

    /** Waits until the condition holds, and fails if that takes longer than usual. */
    public static void until(Condition condition) {
        until("what is waited for", USUAL, condition);
    }

    /**
     * Waits until the condition holds, and fails if it does not within this time.
     *
     * @param what holds then, for the message
     */
    public static void until(String what, Duration within, Condition condition) {
        assertThat(comes(within, condition)).as(what + " within " + within).isTrue();
    }

    /** Waits until the condition holds, but no longer than this; whether it does. */
    public static boolean comes(Duration within, Condition condition) {
        long end = System.nanoTime() + within.toNanos();
        try {
            while (!condition.holds()) {
                if (System.nanoTime() - end > 0) {
                    return false;
                }
                // Between two questions only, to leave the processor to the one that is waited for.
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting", e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) { // whatever a question may throw
            throw new AssertionError("cannot ask whether it holds", e);
        }
    }
}
