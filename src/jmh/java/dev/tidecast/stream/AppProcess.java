package dev.tidecast.stream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The bench's handle of a {@link BenchApp}: what is asked waits for its answer. */
final class AppProcess implements AutoCloseable {
    /** Where a topology has got to: its own clock, its CPU time and the records it has processed. */
    record Mark(long nanos, long cpuNanos, long records) {}

    /** How a start went. */
    record Start(double seconds, long restored) {}

    private final Path errors;
    private final Process process;
    private final BufferedReader answers;
    private final PrintStream orders;
    private final Start start;

    AppProcess(Path pipeline, String shape, List<String> options) throws IOException {
        errors = Files.createTempFile(pipeline.getParent(), "app-", ".err");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("--add-modules=jdk.incubator.vector");
        command.add(BenchApp.class.getName());
        command.add(pipeline.toString());
        command.add(shape);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        process = builder.start();
        answers = process.inputReader(StandardCharsets.UTF_8);
        orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        String[] running = await("running");
        start = new Start(Long.parseLong(running[1]) / 1e9, Long.parseLong(running[2]));
    }

    Start start() {
        return start;
    }

    Mark mark() throws IOException {
        orders.println("mark");
        String[] words = await("mark");
        return new Mark(Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
    }

    void pause() {
        orders.println("pause");
    }

    void resume() {
        orders.println("resume");
    }

    /** Commits, leaves the group and ends. */
    void stop() throws IOException {
        orders.println("stop");
        await("stopped");
        process.onExit().join();
    }

    private String[] await(String word) throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith("@" + word)) {
                return line.split(" ");
            }
            if (line.startsWith("@failed")) {
                break;
            }
            if (!line.startsWith("@")) {
                System.err.println(line);
            }
        }
        throw new IllegalStateException("the topology ended before it said " + word + ": " + Files.readString(errors));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
