package dev.tidecast.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;

/**
 * Leaves out what Kafka warns of at every start and what is no news to anybody. It stands before the text of the log only
 * ({@code logback.xml}); JSON and {@code --debug} show everything.
 */
public final class KnownLines extends Filter<ILoggingEvent> {
    // The streams of this house have no global thread.
    private static final String NO_GLOBAL_THREAD = "Processing exception handler is not enabled for the GlobalThread";

    // While there is no connection, the error of our own names the address once; topics that were just made have no
    // leader yet.
    private static final List<String> WHILE_STARTING = List.of(
            "org.apache.kafka.clients.NetworkClient",
            "org.apache.kafka.clients.ClientUtils",
            "org.apache.kafka.clients.admin.internals.AdminMetadataManager");

    private static volatile boolean starting;

    /** Called by whoever starts a stream: true before, false once it runs. */
    public static void starting(boolean yes) {
        starting = yes;
    }

    @Override
    public FilterReply decide(ILoggingEvent event) {
        String logger = event.getLoggerName();
        if (!logger.startsWith("org.apache.kafka.") || event.getLevel().isGreaterOrEqual(Level.ERROR)) {
            return FilterReply.NEUTRAL;
        }
        String message = String.valueOf(event.getMessage());
        boolean known = message.contains(NO_GLOBAL_THREAD) || starting && WHILE_STARTING.contains(logger);
        return known ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
