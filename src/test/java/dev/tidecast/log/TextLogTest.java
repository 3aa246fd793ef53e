package dev.tidecast.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.spi.FilterReply;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text form as {@code logback.xml} puts it together. */
class TextLogTest {
    private static final String NETWORK = "org.apache.kafka.clients.NetworkClient";

    private final LoggerContext context = new LoggerContext();
    private ConsoleAppender<ILoggingEvent> text;

    @BeforeEach
    @SuppressWarnings("unchecked")
    void configured() throws JoranException {
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(new File("src/main/resources/logback.xml"));
        text = (ConsoleAppender<ILoggingEvent>)
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("text");
    }

    @AfterEach
    void stopped() {
        KnownLines.starting(false);
        context.stop();
    }

    @Test
    void theRootCauseStandsBehindTheMessageAndNoStackFollows() {
        Throwable thrown = new IllegalStateException("outside", new IOException("disk\n  full"));
        assertThat(line(thrown)).endsWith(" ERROR Shop: it failed: because IOException: disk full\n");
    }

    @Test
    void aThrowableWithoutAMessageIsItsName() {
        assertThat(line(new IllegalStateException())).endsWith(": it failed: because IllegalStateException\n");
    }

    @Test
    void withoutAThrowableThereIsNoCause() {
        assertThat(line(null)).endsWith(" ERROR Shop: it failed\n");
    }

    @Test
    void whatKafkaSaysOfAThreadThatIsNotThereIsLeftOut() {
        assertThat(decision(
                        "org.apache.kafka.streams.StreamsConfig",
                        Level.WARN,
                        "Processing exception handler is not enabled for the GlobalThread. It's recommended ..."))
                .isEqualTo(FilterReply.DENY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection to node -1 (a/1.2.3.4:1) could not be established. Node may not be available.",
                "The metadata response from the cluster reported a recoverable issue with correlation id 5"
            })
    void whatTheNetworkSaysIsLeftOutUntilTheStreamRuns(String message) {
        KnownLines.starting(true);
        assertThat(decision(NETWORK, Level.WARN, message)).isEqualTo(FilterReply.DENY);
        KnownLines.starting(false);
        assertThat(decision(NETWORK, Level.WARN, message)).isEqualTo(FilterReply.NEUTRAL);
    }

    @Test
    void errorsAndOtherWarningsAreAlwaysShown() {
        KnownLines.starting(true);
        assertThat(decision(NETWORK, Level.ERROR, "Authentication failed")).isEqualTo(FilterReply.NEUTRAL);
        assertThat(decision("org.apache.kafka.streams.StreamsConfig", Level.WARN, "something new"))
                .isEqualTo(FilterReply.NEUTRAL);
        assertThat(decision("dev.tidecast.stream.ForecastStream", Level.WARN, "did not stop"))
                .isEqualTo(FilterReply.NEUTRAL);
    }

    @Test
    void aFormIsNamedInAnyCaseAndTextIsTheDefault() {
        assertThat(LogForm.of(null)).contains(LogForm.TEXT);
        assertThat(LogForm.of(" ")).contains(LogForm.TEXT);
        assertThat(LogForm.of("JSON")).contains(LogForm.JSON);
        assertThat(LogForm.of("xml")).isEmpty();
    }

    private FilterReply decision(String logger, Level level, String message) {
        return text.getFilterChainDecision(
                new LoggingEvent("x", context.getLogger(logger), level, message, null, null));
    }

    private String line(@Nullable Throwable thrown) {
        LoggingEvent event =
                new LoggingEvent("x", context.getLogger("dev.tidecast.Shop"), Level.ERROR, "it failed", thrown, null);
        return new String(((PatternLayoutEncoder) text.getEncoder()).encode(event), StandardCharsets.UTF_8);
    }
}
