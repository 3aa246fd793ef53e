package dev.tidecast.nn;

/**
 * The gradient of a {@link Trial} against central differences with a large nudge whose error is extrapolated away
 * (Richardson): (4 D(h/2) - D(h)) / 3. Where the same from h/2 and h/4 disagrees the nudge straddles a kink of a ReLU, and
 * one half as large is tried. A weight for which none will do is skipped and counted.
 */
record GradientCheck(double worst, String where, int skipped, int checked) {
    private static final float NUDGE = 0.04f;
    private static final double KINK = 3e-4;
    /** Smaller ones measure little but the rounding of floats. */
    private static final int HALVINGS = 3;

    static GradientCheck of(Trial trial, boolean kinked) {
        float[] exact = trial.gradient();
        double worst = 0;
        String where = "";
        int skipped = 0;
        for (Param param : trial.network.params()) {
            double typical = typical(exact, param);
            for (int i = param.offset(); i < param.offset() + param.size(); i++) {
                double size = Math.max(typical, Math.abs(exact[i]));
                Slope slope = kinked ? smooth(trial, i, size) : Slope.of(trial, i, NUDGE);
                double error = slope.error(exact[i]) / size;
                if (kinked && slope.doubt() > KINK * size) {
                    skipped++;
                } else if (!(error <= worst)) {
                    worst = error;
                    where = param.name() + "[" + (i - param.offset()) + "] is " + exact[i] + ", measured " + slope;
                }
            }
        }
        return new GradientCheck(worst, where, skipped, exact.length);
    }

    /** By the largest nudge that meets no kink, else by the smallest. */
    private static Slope smooth(Trial trial, int i, double size) {
        float nudge = NUDGE / 2;
        Slope slope = Slope.of(trial, i, nudge);
        for (int k = 0; k < HALVINGS && slope.doubt() > KINK * size; k++) {
            nudge /= 2;
            slope = Slope.of(trial, i, nudge);
        }
        return slope;
    }

    /** A slope by two nudges, the second half as large. */
    private record Slope(double coarse, double fine) {
        static Slope of(Trial trial, int i, float nudge) {
            double half = difference(trial, i, nudge / 2);
            return new Slope(
                    (4 * half - difference(trial, i, nudge)) / 3, (4 * difference(trial, i, nudge / 4) - half) / 3);
        }

        double doubt() {
            return Math.abs(coarse - fine);
        }

        double error(double exact) {
            return Math.min(Math.abs(coarse - exact), Math.abs(fine - exact));
        }
    }

    private static double typical(float[] exact, Param param) {
        double squares = 0;
        for (int i = param.offset(); i < param.offset() + param.size(); i++) {
            squares += (double) exact[i] * exact[i];
        }
        return Math.max(0.05, Math.sqrt(squares / param.size()));
    }

    private static double difference(Trial trial, int i, float nudge) {
        float kept = trial.weights[i];
        trial.weights[i] = kept + nudge;
        double up = trial.loss();
        float high = trial.weights[i];
        trial.weights[i] = kept - nudge;
        double down = trial.loss();
        float low = trial.weights[i];
        trial.weights[i] = kept;
        return (up - down) / ((double) high - low);
    }
}
