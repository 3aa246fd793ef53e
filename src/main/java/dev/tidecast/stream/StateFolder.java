package dev.tidecast.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.streams.StreamsConfig;

/** The folder of {@code state.dir}, looked at before Kafka Streams is: it must be a folder that can be written. */
final class StateFolder {
    private static final String CURE = "choose a folder that this user can write (--state-dir DIR)";

    private StateFolder() {}

    /** Makes the folder if it is not there and writes into it; a {@link StartException} says why that fails. */
    static void check(StreamsConfig config) {
        Path folder = folder(config);
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new StartException("state.dir " + folder + " is no folder: " + CURE);
        }
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "write", ".check"));
        } catch (IOException e) {
            throw new StartException("state.dir " + folder + " cannot be written (" + e + "): " + CURE, e);
        }
    }

    /** What Kafka Streams says of a folder it cannot use, in our words. */
    static StartException refused(StreamsConfig config, RuntimeException failure) {
        boolean shared = Diagnosis.causes(failure).stream()
                .anyMatch(cause -> String.valueOf(cause.getMessage()).contains("multiple instances"));
        return new StartException(
                "state.dir " + folder(config)
                        + (shared
                                ? " is in use by another instance: give every instance a folder of its own (--state-dir DIR)"
                                : " cannot be used (" + Failures.root(failure) + "): " + CURE),
                failure);
    }

    private static Path folder(StreamsConfig config) {
        return Path.of(config.getString(StreamsConfig.STATE_DIR_CONFIG));
    }
}
