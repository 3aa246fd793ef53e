package dev.tidecast.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * How wide a vector is here: what the CPU prefers, at most 512 bits, or {@code -Dtidecast.kernels.bits=128|256|512}. The
 * width is a constant of the class, because C2 makes vector code only of species it knows; the tests load these classes once
 * for each width.
 */
final class VectorWidth {
    static final VectorSpecies<Float> S = species();
    static final int W = S.length();

    private static final VectorMask<Float>[] FIRST = masks();

    private VectorWidth() {}

    /** The first elements of a vector; all of them from count = W on. */
    static VectorMask<Float> first(int count) {
        return FIRST[Math.min(count, W)];
    }

    /** Stores the masked elements and leaves the others as they are; all of y[at .. at + W) must be there. */
    static void store(FloatVector v, float[] y, int at, VectorMask<Float> mask) {
        FloatVector.fromArray(S, y, at).blend(v, mask).intoArray(y, at);
    }

    /** Whether each row can be read a whole vector long from i on. */
    static boolean hasRoom(float[][] rows, int count, int i) {
        boolean room = true;
        for (int j = 0; j < count; j++) {
            room &= rows[j].length >= i + W;
        }
        return room;
    }

    private static VectorSpecies<Float> species() {
        int bits = Integer.getInteger("tidecast.kernels.bits", FloatVector.SPECIES_PREFERRED.vectorBitSize());
        return bits >= 512 ? FloatVector.SPECIES_512 : bits >= 256 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static VectorMask<Float>[] masks() {
        VectorMask<Float>[] masks = new VectorMask[W + 1];
        for (int count = 0; count <= W; count++) {
            masks[count] = VectorMask.fromLong(S, (1L << count) - 1);
        }
        return masks;
    }
}
