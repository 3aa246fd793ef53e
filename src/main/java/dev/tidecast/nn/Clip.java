package dev.tidecast.nn;

import dev.tidecast.kernel.Kernels;

/** Bounds a gradient before it moves the weights: each element by value, then the whole by its L2 norm; infinity bounds nothing. */
public record Clip(float value, float norm) {
    /** No bounds. */
    public static final Clip NONE = new Clip(Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY);

    public Clip {
        if (!(value > 0 && norm > 0)) {
            throw new IllegalArgumentException("bounds must be above 0, not " + value + " and " + norm);
        }
    }

    /** Bounds by the norm alone. */
    public static Clip byNorm(float norm) {
        return new Clip(Float.POSITIVE_INFINITY, norm);
    }

    /** Bounds by value alone. */
    public static Clip byValue(float value) {
        return new Clip(value, Float.POSITIVE_INFINITY);
    }

    /** Bounds a finite gradient in place and answers the norm it had. */
    public double apply(Kernels kernels, float[] dw) {
        if (value < Float.POSITIVE_INFINITY) {
            for (int i = 0; i < dw.length; i++) {
                dw[i] = Math.max(-value, Math.min(value, dw[i]));
            }
        }
        double length = length(kernels, dw);
        if (length > norm) {
            kernels.scale((float) (norm / length), dw, dw, dw.length);
        }
        return length;
    }

    /** In floats where they suffice; squares that overflow or vanish are summed in doubles. */
    private static double length(Kernels kernels, float[] dw) {
        float squares = kernels.sumOfSquares(dw, 0, dw.length);
        if (squares > 1e-20f && squares < 1e30f) {
            return Math.sqrt(squares);
        }
        double sum = 0;
        for (float d : dw) {
            sum += (double) d * d;
        }
        return Math.sqrt(sum);
    }
}
