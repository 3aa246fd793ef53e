package dev.tidecast.learn;

/** Where one of the sequences side by side has come to, and its state. */
final class Lane {
    private static final Stretch NOTHING = new Stretch(0, 0, 0, 0);

    private final float[] state;
    private Stretch stretch = NOTHING;
    private int at;

    Lane(int stateSize) {
        state = new float[stateSize];
    }

    void take(Stretch next) {
        stretch = next;
        at = 0;
    }

    boolean done(int window) {
        return at >= stretch.windows(window);
    }

    void forward() {
        at++;
    }

    /** Whether the next window goes on where one before it has ended. */
    boolean carries() {
        return at > 0;
    }

    int first(int window) {
        return stretch.first(at, window);
    }

    Stretch stretch() {
        return stretch;
    }

    float[] state() {
        return state;
    }

    /** What has become infinite would spoil every later window. */
    void forgetIfNotFinite() {
        for (float value : state) {
            if (!Float.isFinite(value)) {
                stretch = NOTHING;
                return;
            }
        }
    }
}
