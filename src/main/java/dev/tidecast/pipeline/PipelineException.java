package dev.tidecast.pipeline;

import java.util.List;
import java.util.stream.Collectors;

/** A pipeline file that cannot be used, with everything that is wrong in it. */
public final class PipelineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    public PipelineException(List<Problem> problems) {
        super(problems.stream().map(Problem::text).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
