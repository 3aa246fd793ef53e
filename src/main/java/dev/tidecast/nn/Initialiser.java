package dev.tidecast.nn;

/** How the weights of one matrix start. */
@FunctionalInterface
public interface Initialiser {
    /** Fills w[param.offset() ..] with rows × columns numbers, input-major. */
    void fill(float[] w, Param param, Draws draws);

    /** All the same. */
    static Initialiser constant(float value) {
        return (w, param, draws) -> {
            for (int i = 0; i < param.size(); i++) {
                w[param.offset() + i] = value;
            }
        };
    }

    /** Uniform within ±√(6 / (inputs + outputs)) (Glorot and Bengio 2010). */
    static Initialiser glorot() {
        return (w, param, draws) -> {
            double limit = Math.sqrt(6.0 / (param.rows() + param.columns()));
            for (int i = 0; i < param.size(); i++) {
                w[param.offset() + i] = (float) (limit * (2 * draws.uniform() - 1));
            }
        };
    }

    /** Ones on the diagonal (Le, Jaitly and Hinton 2015). */
    static Initialiser identity() {
        return (w, param, draws) -> {
            for (int i = 0; i < param.size(); i++) {
                w[param.offset() + i] = i / param.columns() == i % param.columns() ? 1f : 0f;
            }
        };
    }

    /** Rows or columns of length 1 at right angles (Saxe, McClelland and Ganguli 2014). */
    static Initialiser orthogonal() {
        return new Orthogonal();
    }
}
