package dev.tidecast.log;

import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;

/**
 * The word {@code %because} of a pattern in {@code logback.xml}: what a throwable came from, on the line of the message and
 * without a stack. A pattern that holds it prints no stack of its own.
 */
public final class RootCause extends ThrowableHandlingConverter {
    @Override
    public String convert(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        return thrown == null ? "" : ": because " + of(thrown);
    }

    /** The deepest cause in one line: the name of its class and what it says. */
    static String of(IThrowableProxy thrown) {
        IThrowableProxy root = thrown;
        while (root.getCause() != null && !root.getCause().isCyclic()) {
            root = root.getCause();
        }
        String type = root.getClassName().substring(root.getClassName().lastIndexOf('.') + 1);
        String message = root.getMessage();
        return message == null || message.isBlank()
                ? type
                : type + ": " + message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
