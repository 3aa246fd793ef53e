package dev.tidecast.serve;

import dev.tidecast.stream.StartException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * What a process that serves pipelines has opened so far: each of its parts is opened through this. {@link #close} closes all
 * of it in reverse order, from any thread, also while more is being opened: it waits for the part that is being opened,
 * and nothing is opened afterwards.
 */
public class Opened implements AutoCloseable {
    private final Deque<Runnable> closings = new ArrayDeque<>();
    private boolean closed;

    /** Opens one part. If that fails, nothing of it is kept; the caller then closes what was opened before. */
    public interface Part<T, E extends Exception> {
        T open() throws E;
    }

    /** Opens a part and remembers how it is closed; a {@link StartException} if everything has been closed meanwhile. */
    public synchronized <T, E extends Exception> T open(Part<T, E> part, Consumer<? super T> close) throws E {
        if (closed) {
            throw new StartException("stopped while starting");
        }
        T open = part.open();
        closings.push(() -> close.accept(open));
        return open;
    }

    /** Closes every part, even if closing another one fails. A second caller returns when the first is through. */
    @Override
    public synchronized void close() {
        closed = true;
        RuntimeException first = null;
        while (!closings.isEmpty()) {
            try {
                closings.pop().run();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
