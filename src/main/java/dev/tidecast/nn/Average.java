package dev.tidecast.nn;

/** The mean of the last k checkpoints of the weights (Izmailov and others 2018), summed in doubles, oldest first. */
public final class Average {
    private final float[][] last;
    private long count;

    public Average(int k, int weights) {
        last = new float[k][weights];
    }

    /** Takes a checkpoint. */
    public void add(float[] w) {
        System.arraycopy(w, 0, last[(int) (count % last.length)], 0, w.length);
        count++;
    }

    /** How many checkpoints the mean is over. */
    public int size() {
        return (int) Math.min(count, last.length);
    }

    /** Writes the mean. */
    public void mean(float[] w) {
        if (count == 0) {
            throw new IllegalStateException("there is no checkpoint to average");
        }
        for (int i = 0; i < w.length; i++) {
            double sum = 0;
            for (long c = count - size(); c < count; c++) {
                sum += last[(int) (c % last.length)][i];
            }
            w[i] = (float) (sum / size());
        }
    }
}
