package dev.tidecast.kernel;

import java.util.List;

/** Both implementations, for tests of other rooms that must not see which one runs. */
public final class BothKernels {
    private BothKernels() {}

    public static List<Kernels> all() {
        return List.of(new ScalarKernels(), new VectorKernels());
    }
}
