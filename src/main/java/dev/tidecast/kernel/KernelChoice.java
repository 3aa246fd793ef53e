package dev.tidecast.kernel;

/** Which kernels this process uses, and a line that says why. */
record KernelChoice(Kernels kernels, String describe) {
    static final KernelChoice CHOSEN = new KernelChoice(new ScalarKernels(), "scalar kernels");
}
