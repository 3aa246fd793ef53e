package dev.tidecast.cli;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The launcher as a user starts it, on the JDK of the test and on what the build has made. Its processes are a group of
 * their own, as they are on a terminal.
 */
final class Launched implements AutoCloseable {
    // A shell with job control gives its jobs a group of their own, and its first line is the job's number.
    private static final String IN_A_GROUP = "set -m; \"$@\" & exec 2>/dev/null; printf '%s\\n' $!; wait $!";

    private final Process shell;
    private final BufferedReader output;
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final Thread reader;
    private final String pid;

    private Launched(Process shell) throws IOException {
        this.shell = shell;
        this.reader = new Thread(this::readErrors, "errors");
        reader.setDaemon(true);
        reader.start();
        this.output = shell.inputReader(StandardCharsets.UTF_8);
        this.pid = String.valueOf(output.readLine());
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
        List<String> command = new ArrayList<>(List.of("/bin/bash", "-c", IN_A_GROUP, "bash"));
        command.add(checkout.resolve("tidecast").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("TIDECAST_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("TMPDIR", temporary.toString());
        builder.environment().put("TIDECAST_NO_BUILD", "1");
        builder.environment().putAll(environment);
        return new Launched(builder.start());
    }

    /** All it writes until it ends, and a failure if it does not end within two minutes. */
    String output() throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            text.append(line).append('\n');
        }
        if (!endsWithin(120_000)) {
            throw new IllegalStateException("still running; it said: " + text);
        }
        return text.toString();
    }

    /** The next line that holds this. */
    String lineWith(String part) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains(part)) {
                return line;
            }
        }
        throw new IllegalStateException("it ended without saying \"" + part + "\"; errors: " + errors());
    }

    /** Sends a signal such as INT to the process that was started, as {@code kill} does. */
    void signal(String name) throws IOException {
        kill(name, pid);
    }

    /** Sends a signal to all its processes, as a terminal does. */
    void signalAll(String name) throws IOException {
        kill(name, "-" + pid);
    }

    /** Sends a signal to a process, or to the group of a negative number. */
    static void kill(String name, String target) throws IOException {
        new ProcessBuilder("sh", "-c", "kill -s " + name + " -- " + target + " 2>/dev/null")
                .start()
                .onExit()
                .join();
    }

    boolean endsWithin(long millis) throws InterruptedException {
        return shell.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    int exitCode() {
        return shell.exitValue();
    }

    /** What it has written to its error stream; once it has ended, all of it, to the end of the last of its processes. */
    String errors() {
        try {
            reader.join(shell.isAlive() ? 1 : 30_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (errors) {
            return errors.toString(StandardCharsets.UTF_8);
        }
    }

    private void readErrors() {
        byte[] some = new byte[4096];
        try (InputStream from = shell.getErrorStream()) {
            for (int n = from.read(some); n >= 0; n = from.read(some)) {
                synchronized (errors) {
                    errors.write(some, 0, n);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (shell.isAlive()) {
            signalAll("KILL");
        }
        shell.destroyForcibly();
    }
}
