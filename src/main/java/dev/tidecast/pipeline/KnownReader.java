package dev.tidecast.pipeline;

import dev.tidecast.series.Buckets;
import dev.tidecast.series.Known;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code known}: which file says what is known in advance, and the file. */
final class KnownReader {
    private final Section top;
    private final Path folder;
    private final Problems problems;

    /** The file is looked for from the folder. */
    KnownReader(Section top, Path folder, Problems problems) {
        this.top = top;
        this.folder = folder;
        this.problems = problems;
    }

    /** @param buckets null if the pipeline file does not say */
    @Nullable
    KnownSpec known(@Nullable Buckets buckets) {
        Section section = top.section("known", "file: calendar.csv");
        if (section == null) {
            return null;
        }
        String file = section.required("file", Form.text("must be the path of a CSV file", text -> true));
        List<String> columns = columns(section, "columns");
        List<String> lasting = columns(section, "lasting");
        section.close();
        if (buckets != null && buckets.isNone()) {
            top.wrong("known", "needs buckets: without them nobody knows when the next steps are");
        }
        if (file == null || buckets == null || buckets.isNone()) {
            return null;
        }
        Path path = folder.resolve(file);
        Problems inside = new Problems(file);
        Known table = new KnownFile(inside, buckets, columns, lasting).read(path);
        problems.addAll(inside);
        return table == null ? null : new KnownSpec(path, columns, lasting, table);
    }

    private static List<String> columns(Section section, String name) {
        List<String> read = section.list(name, Form.text("must be names of columns", text -> true));
        return read == null ? List.of() : read.stream().distinct().toList();
    }
}
