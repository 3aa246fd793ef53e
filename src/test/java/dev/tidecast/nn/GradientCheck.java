package dev.tidecast.nn;

/**
 * The gradient of a {@link Trial} against central differences with a large nudge whose error is extrapolated away
 * (Richardson): (4 D(h/2) - D(h)) / 3. Where the same from h/2 and h/4 disagrees the nudge straddles a kink of a ReLU: such
 * weights are skipped and counted.
 */
record GradientCheck(double worst, String where, int skipped, int checked) {
    private static final float NUDGE = 0.04f;
    private static final double KINK = 3e-4;

    static GradientCheck of(Trial trial, boolean kinked) {
        float[] exact = trial.gradient();
        float nudge = kinked ? NUDGE / 2 : NUDGE;
        double worst = 0;
        String where = "";
        int skipped = 0;
        for (Param param : trial.network.params()) {
            double typical = typical(exact, param);
            for (int i = param.offset(); i < param.offset() + param.size(); i++) {
                double half = difference(trial, i, nudge / 2);
                double coarse = (4 * half - difference(trial, i, nudge)) / 3;
                double fine = (4 * difference(trial, i, nudge / 4) - half) / 3;
                double size = Math.max(typical, Math.max(Math.abs(exact[i]), Math.abs(coarse)));
                double error = Math.min(Math.abs(coarse - exact[i]), Math.abs(fine - exact[i]));
                if (kinked && Math.abs(coarse - fine) > KINK * size) {
                    skipped++;
                } else if (!(error <= worst * size)) {
                    worst = error / size;
                    where = param.name() + "[" + (i - param.offset()) + "] is " + exact[i] + ", measured " + coarse;
                }
            }
        }
        return new GradientCheck(worst, where, skipped, exact.length);
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
