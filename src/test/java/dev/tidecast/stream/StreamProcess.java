package dev.tidecast.stream;

import dev.tidecast.Jvm;
import dev.tidecast.metrics.Meters;
import dev.tidecast.pipeline.PipelineReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A pipeline in a JVM of its own, which can be killed: {@code main} is what runs in there. */
final class StreamProcess implements AutoCloseable {
    private final Process process;

    private StreamProcess(Process process) {
        this.process = process;
    }

    /** Starts a JVM with this pipeline file; what it writes goes to a log beside the file. */
    static StreamProcess start(Path pipelineFile) throws IOException {
        ProcessBuilder jvm = Jvm.of(
                List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                StreamProcess.class,
                new File(pipelineFile + ".log"),
                pipelineFile.toString());
        return new StreamProcess(jvm.start());
    }

    /** What {@code kill -9} does. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** What {@code kill -TERM} does, until the process has ended. */
    void terminate() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    /** What {@code kill -STOP} does: the process keeps everything it holds and does nothing. */
    void pause() throws IOException {
        Jvm.signal("STOP", process.pid());
    }

    /** What {@code kill -CONT} does: the process goes on where it was, and does not know that time has passed. */
    void resume() throws IOException {
        Jvm.signal("CONT", process.pid());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        kill();
    }

    public static void main(String[] arguments) throws InterruptedException {
        try (Meters meters = new Meters();
                ForecastStream stream = new ForecastStream(PipelineReader.read(Path.of(arguments[0])), meters)) {
            // A signal ends a JVM through its hooks alone.
            Runtime.getRuntime().addShutdownHook(new Thread(stream::close, "stop"));
            stream.start();
            System.exit(stream.awaitEnd());
        }
    }
}
