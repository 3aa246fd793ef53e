package dev.tidecast.kernel;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The processor time of the measuring thread: what a shared machine's other work cannot stretch. */
@AuxCounters(AuxCounters.Type.EVENTS)
@State(Scope.Thread)
public class CpuTime {
    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

    public long nanos;
    public long runs;

    private long start;

    @Setup(Level.Iteration)
    public void start() {
        nanos = 0;
        runs = 0;
        start = THREAD.getCurrentThreadCpuTime();
    }

    /** At the end of each run. */
    public void tick() {
        runs++;
        nanos = THREAD.getCurrentThreadCpuTime() - start;
    }
}
