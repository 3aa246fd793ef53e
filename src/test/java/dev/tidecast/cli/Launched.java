package dev.tidecast.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The launcher as a user starts it, on the JDK of the test and on what the build has made. */
final class Launched implements AutoCloseable {
    private final Process process;
    private final Path errors;

    private Launched(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /** Starts {@code ./tidecast} with temporary files of its own. */
    static Launched start(Path temporary, String... arguments) throws IOException {
        return start(temporary, Map.of(), arguments);
    }

    /** The same in another environment. */
    static Launched start(Path temporary, Map<String, String> environment, String... arguments) throws IOException {
        return start(temporary, environment, Path.of("").toAbsolutePath(), arguments);
    }

    /** The same from another checkout. */
    static Launched start(Path temporary, Map<String, String> environment, Path checkout, String... arguments)
            throws IOException {
        List<String> command =
                new ArrayList<>(List.of(checkout.resolve("tidecast").toString()));
        command.addAll(List.of(arguments));
        Path errors = Files.createTempFile("launched", ".err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().put("TIDECAST_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("TIDECAST_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary);
        builder.environment().put("TIDECAST_NO_BUILD", "1");
        builder.environment().putAll(environment);
        return new Launched(builder.start(), errors);
    }

    /** All it writes until it ends, and ends it if it does not within two minutes. */
    String output() throws IOException, InterruptedException {
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            throw new IllegalStateException("still running; it said: " + text);
        }
        return text;
    }

    /** The next line that holds this. */
    String lineWith(String part) throws IOException {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains(part)) {
                return line;
            }
        }
        throw new IllegalStateException("it ended without saying \"" + part + "\"; errors: " + errors());
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    boolean endsWithin(int seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    int exitCode() {
        return process.exitValue();
    }

    String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(errors);
    }
}
