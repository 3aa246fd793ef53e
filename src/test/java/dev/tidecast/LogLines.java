package dev.tidecast;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What a class logs until this is closed; it does not reach the console. */
public final class LogLines implements AutoCloseable {
    private final Logger log;
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    public LogLines(Class<?> of) {
        log = (Logger) LoggerFactory.getLogger(of);
        lines.start();
        log.setAdditive(false);
        log.setLevel(Level.INFO);
        log.addAppender(lines);
    }

    /** The lines without what was thrown. */
    public List<String> texts() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    /** Those of one level. */
    public List<String> texts(Level level) {
        return lines.list.stream()
                .filter(line -> line.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** The message of what was thrown, line by line. */
    public List<String> thrown() {
        return lines.list.stream()
                .map(line -> line.getThrowableProxy().getMessage())
                .toList();
    }

    @Override
    public void close() {
        log.detachAppender(lines);
        log.setLevel(null);
        log.setAdditive(true);
    }
}
