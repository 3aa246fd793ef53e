package dev.tidecast.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has been found wrong so far: reading goes on, so that one run tells everything. */
final class Problems {
    private final String file;
    private final List<Problem> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void add(int line, String what) {
        add(line, what, null, null);
    }

    void add(int line, String what, @Nullable String was, @Nullable String right) {
        found.add(new Problem(file, Math.max(1, line), what, was, right));
    }

    /** What is wrong in a file that this one names. */
    void addAll(Problems inside) {
        found.addAll(inside.found);
    }

    /** Ends the reading if anything was wrong. */
    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new PipelineException(found.stream()
                    .sorted(Comparator.comparing((Problem p) -> !p.file().equals(file))
                            .thenComparingInt(Problem::line))
                    .toList());
        }
    }
}
