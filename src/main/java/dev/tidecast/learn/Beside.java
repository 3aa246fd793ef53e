package dev.tidecast.learn;

/**
 * A history as the shared network is to learn it: what its kin's own road says already is taken off every target. Features are
 * read once more for it, which costs less than to keep a target for every step and horizon of every key.
 */
record Beside(History whole, float[] road, Learner learner) implements History {
    @Override
    public int steps() {
        return whole.steps();
    }

    @Override
    public String kin() {
        return whole.kin();
    }

    @Override
    public void features(int t, int back, float[] x, int at) {
        whole.features(t, back, x, at);
    }

    @Override
    public float target(int t, int h) {
        return whole.target(t, h);
    }

    @Override
    public void targets(int t, float[] to) {
        whole.targets(t, to);
        float[] x = new float[learner.network().inputs()];
        whole.features(t, 0, x, 0);
        float[] beside = learner.beside(road, x);
        for (int h = 0; h < to.length; h++) {
            to[h] -= beside[h];
        }
    }

    @Override
    public long index(int t) {
        return whole.index(t);
    }

    @Override
    public History upTo(int steps) {
        return new Beside(whole.upTo(steps), road, learner);
    }
}
