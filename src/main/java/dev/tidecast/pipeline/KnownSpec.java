package dev.tidecast.pipeline;

import dev.tidecast.series.Buckets;
import dev.tidecast.series.Known;
import java.nio.file.Path;
import java.util.List;

/**
 * What a pipeline knows in advance.
 *
 * @param columns those of the file that are known; empty: all
 * @param lasting those whose numbers hold until the next
 */
public record KnownSpec(Path file, List<String> columns, List<String> lasting, Known table) {
    /**
     * The same from another file.
     *
     * @throws PipelineException with everything that is wrong in it
     */
    KnownSpec from(Path other, Buckets buckets) {
        return read(other, columns, lasting, buckets);
    }

    /** All columns of a file. */
    static KnownSpec all(Path file, Buckets buckets) {
        return read(file, List.of(), List.of(), buckets);
    }

    private static KnownSpec read(Path file, List<String> columns, List<String> lasting, Buckets buckets) {
        Problems problems = new Problems(file.toString());
        Known table = new KnownFile(problems, buckets, columns, lasting).read(file);
        problems.throwIfAny();
        if (table == null) {
            throw new IllegalStateException("a file without problems is a table");
        }
        return new KnownSpec(file, columns, lasting, table);
    }
}
