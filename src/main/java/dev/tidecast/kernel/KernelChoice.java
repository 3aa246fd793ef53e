package dev.tidecast.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Which kernels this process uses, and a line that says why. {@code -Dtidecast.kernels=scalar|vector|auto}; auto, the default,
 * takes the Vector API where its module is there, its bits are those of the plain loops and it is not slower. The choice may
 * depend on the clock, because no result depends on the choice.
 */
record KernelChoice(Kernels kernels, String describe) {
    private static @Nullable KernelChoice chosen;

    /** Chosen by the first who asks, so that a refusal reaches a caller who can show it. */
    static synchronized KernelChoice chosen() {
        if (chosen == null) {
            chosen = choose(System.getProperty("tidecast.kernels", "auto"));
        }
        return chosen;
    }

    static KernelChoice choose(String wanted) {
        if (!KernelTrial.hasFusedMultiplyAdd()) {
            throw new UnsupportedOperationException(
                    "this CPU has no fused multiply-add (x86 before Haswell or Zen, or -XX:-UseFMA): "
                            + "forecasts would take hundreds of times longer, so Tidecast does not start on it");
        }
        boolean there = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        return switch (wanted) {
            case "scalar" -> new KernelChoice(new ScalarKernels(), "scalar kernels (as asked)");
            case "vector" -> {
                if (!there) {
                    throw new IllegalStateException(
                            "tidecast.kernels=vector needs java --add-modules jdk.incubator.vector");
                }
                yield vector("as asked");
            }
            case "auto" ->
                there
                        ? auto()
                        : new KernelChoice(
                                new ScalarKernels(),
                                "scalar kernels (start java with --add-modules jdk.incubator.vector)");
            default ->
                throw new IllegalArgumentException("tidecast.kernels is scalar, vector or auto, not '" + wanted + "'");
        };
    }

    private static KernelChoice auto() {
        Kernels scalar = new ScalarKernels();
        Kernels vector = new VectorKernels();
        if (!KernelTrial.agree(scalar, vector)) {
            return new KernelChoice(scalar, "scalar kernels (" + vector.name() + " gives other bits here)");
        }
        if (!KernelTrial.isFaster(vector, scalar)) {
            return new KernelChoice(scalar, "scalar kernels (" + vector.name() + " is slower here)");
        }
        return vector("same bits, and faster here");
    }

    private static KernelChoice vector(String why) {
        Kernels vector = new VectorKernels();
        return new KernelChoice(vector, vector.name() + " kernels (" + why + ")");
    }
}
