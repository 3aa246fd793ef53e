package dev.tidecast.learn;

/**
 * Which of the means of weights is kept: the last one, unless an earlier one was clearly better on what was held back. If none
 * has got better for long and the last is clearly worse, training ends early.
 */
final class Choice {
    /** One stretch per key tells weights apart no finer; those of the end, where the rate is low, are the better bet. */
    private static final double CLEARLY = 1.03;

    private final int patience;
    private float[] best;
    private double bestLoss;
    private int bestPass;
    private float[] last;
    private double lastLoss;
    private int lastPass;

    Choice(float[] start, double loss, int patience) {
        this.patience = patience;
        best = start;
        bestLoss = loss;
        last = start;
        lastLoss = loss;
    }

    void take(int pass, float[] mean, double loss) {
        last = mean;
        lastLoss = loss;
        lastPass = pass;
        if (loss <= bestLoss) {
            best = mean;
            bestLoss = loss;
            bestPass = pass;
        }
    }

    boolean over() {
        return lastPass - bestPass >= patience && earlier();
    }

    /** NaN, where nothing is held back, is never clearly worse. */
    private boolean earlier() {
        return lastLoss > bestLoss * CLEARLY;
    }

    float[] weights() {
        return earlier() ? best : last;
    }

    double loss() {
        return earlier() ? bestLoss : lastLoss;
    }

    int pass() {
        return earlier() ? bestPass : lastPass;
    }
}
