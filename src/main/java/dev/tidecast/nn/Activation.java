package dev.tidecast.nn;

import dev.tidecast.kernel.Kernels;

/** The functions applied to every element of a vector. */
public enum Activation {
    IDENTITY {
        @Override
        void apply(Kernels k, float[] x, float[] y, int n) {
            System.arraycopy(x, 0, y, 0, n);
        }

        @Override
        void slope(Kernels k, float[] y, float[] dy, float[] dx, int n) {
            k.add(dx, dy, dx, n);
        }

        @Override
        void slopeInPlace(float[] y, float[] d, int n) {}
    },
    TANH {
        @Override
        void apply(Kernels k, float[] x, float[] y, int n) {
            k.tanh(x, y, n);
        }

        @Override
        void slope(Kernels k, float[] y, float[] dy, float[] dx, int n) {
            k.tanhSlope(y, dy, dx, n);
        }

        @Override
        void slopeInPlace(float[] y, float[] d, int n) {
            for (int i = 0; i < n; i++) {
                d[i] *= Math.fma(-y[i], y[i], 1f);
            }
        }
    },
    SIGMOID {
        @Override
        void apply(Kernels k, float[] x, float[] y, int n) {
            k.sigmoid(x, y, n);
        }

        @Override
        void slope(Kernels k, float[] y, float[] dy, float[] dx, int n) {
            k.sigmoidSlope(y, dy, dx, n);
        }

        @Override
        void slopeInPlace(float[] y, float[] d, int n) {
            for (int i = 0; i < n; i++) {
                d[i] *= Math.fma(-y[i], y[i], y[i]);
            }
        }
    },
    RELU {
        @Override
        void apply(Kernels k, float[] x, float[] y, int n) {
            k.relu(0f, x, y, n);
        }

        @Override
        void slope(Kernels k, float[] y, float[] dy, float[] dx, int n) {
            k.reluSlope(0f, y, dy, dx, n);
        }

        @Override
        void slopeInPlace(float[] y, float[] d, int n) {
            for (int i = 0; i < n; i++) {
                d[i] = y[i] > 0f ? d[i] : 0f;
            }
        }
    },
    LEAKY_RELU {
        @Override
        void apply(Kernels k, float[] x, float[] y, int n) {
            k.relu(LEAK, x, y, n);
        }

        @Override
        void slope(Kernels k, float[] y, float[] dy, float[] dx, int n) {
            k.reluSlope(LEAK, y, dy, dx, n);
        }

        @Override
        void slopeInPlace(float[] y, float[] d, int n) {
            for (int i = 0; i < n; i++) {
                d[i] = y[i] > 0f ? d[i] : LEAK * d[i];
            }
        }
    };

    /** What a leaky ReLU lets through below 0. */
    public static final float LEAK = 0.01f;

    /** y = f(x); x and y may be one array. */
    abstract void apply(Kernels k, float[] x, float[] y, int n);

    /** dx += dy f'(x), told from y alone. */
    abstract void slope(Kernels k, float[] y, float[] dy, float[] dx, int n);

    /** d = d f'(x): where x and y share their place. */
    abstract void slopeInPlace(float[] y, float[] d, int n);
}
