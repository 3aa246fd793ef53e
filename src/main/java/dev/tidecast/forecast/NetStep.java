package dev.tidecast.forecast;

import dev.tidecast.nn.Tape;
import dev.tidecast.nn.Weights;
import dev.tidecast.series.Grid;

/** Takes the network of a forecaster one step on in a key's state. Shared by all threads, each on a tape of its own. */
final class NetStep {
    private final ForecastNet net;
    private final Layout layout;
    private final Features features;
    private final ThreadLocal<Desk> desks;

    NetStep(ForecastNet net, Layout layout, Features features) {
        this.net = net;
        this.layout = layout;
        this.features = features;
        this.desks = ThreadLocal.withInitial(Desk::new);
    }

    private final class Desk {
        final Tape tape = net.network().newTape(1, net.window());
        final float[] x = new float[features.size()];
    }

    /** After a step: the state's recurrent part moves on, and its reading is what the network says now. */
    void step(Weights weights, SeriesState s, Outlook.Sight sight) {
        Desk desk = desks.get();
        Tape tape = desk.tape;
        int window = net.window();
        tape.begin(0, Math.max(0, Math.min(window - 1, window - s.closed)), s.next - 1);
        Features.Past past = features.past(s, window - 1);
        for (int t = 1; t <= window; t++) {
            features.write(s, sight, past, window - t, desk.x);
            tape.input(0, t, desk.x, 0);
        }
        if (net.network().recurrent()) {
            net.network().loadState(tape, 0, s.numbers, layout.recurrent);
        }
        net.network().forward(weights, tape);
        if (net.network().recurrent()) {
            net.network().saveState(tape, 0, s.numbers, layout.recurrent);
        }
        s.reading = java.util.Arrays.copyOf(tape.output(window), net.horizon() * Grid.SIZE);
    }
}
