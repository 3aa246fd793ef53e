package dev.tidecast.learn;

/**
 * A history from which the shared network learns: the output of the linear model of the key's own group ({@code road}) is
 * subtracted from every target. For this the features are read a second time, which costs less than keeping a target for every
 * step and horizon of every key.
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
