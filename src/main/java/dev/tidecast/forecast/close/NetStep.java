package dev.tidecast.forecast.close;

import dev.tidecast.forecast.model.ForecastNet;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.forecast.state.Layout;
import dev.tidecast.nn.Tape;
import dev.tidecast.nn.Weights;
import dev.tidecast.series.Grid;
import java.util.Objects;

/** Takes the network of a forecaster one step on in a key's state. Shared by all threads, each on a tape of its own. */
public final class NetStep {
    private final ForecastNet net;
    private final Layout layout;
    private final Features features;
    private final ThreadLocal<Desk> desks;

    public NetStep(ForecastNet net, Layout layout, Features features) {
        this.net = net;
        this.layout = layout;
        this.features = features;
        this.desks = ThreadLocal.withInitial(() -> new Desk(net, features.size()));
    }

    /** What a thread reuses. It must not lead back to the step, or no thread would ever let go of it. */
    private static final class Desk {
        final int frames;
        final Tape tape;
        final float[] x;

        Desk(ForecastNet net, int features) {
            frames = Math.max(net.window(), net.rebuilt());
            tape = net.network().newTape(1, frames);
            x = new float[features];
        }
    }

    /** After a step: the state's recurrent part moves on, and its reading is what the network says now. */
    void step(Model model, LiveState s, Experts experts) {
        Weights weights = Objects.requireNonNull(model.network(), "the model has no network");
        Desk desk = desks.get();
        Tape tape = desk.tape;
        boolean carries = net.network().recurrent() && net.rebuilt() == 0;
        if (net.rebuilt() > 0) {
            showRows(desk, s, experts);
        } else {
            showWindow(desk, s, experts);
        }
        if (carries) {
            net.network().loadState(tape, 0, s.numbers, layout.recurrent);
        }
        net.network().forward(weights, tape);
        if (carries) {
            net.network().saveState(tape, 0, s.numbers, layout.recurrent);
        }
        float[] reading = s.read(net.horizon() * Grid.SIZE);
        System.arraycopy(tape.output(desk.frames), 0, reading, 0, reading.length);
        if (model.road() != null) {
            move(reading, net.beside(model.road(), desk.x, 0));
        }
    }

    private void showWindow(Desk desk, LiveState s, Experts experts) {
        int window = net.window();
        desk.tape.begin(0, Math.max(0, Math.min(window - 1, window - s.closed)), s.next - 1);
        Features.Past past = features.past(s, window - 1);
        for (int t = 1; t <= window; t++) {
            features.write(s, experts, past, window - t, desk.x);
            desk.tape.input(0, t, desk.x, 0);
        }
    }

    /** What was read in the last steps, as it was read then: kept in the place of the state, newest first behind their number. */
    private void showRows(Desk desk, LiveState s, Experts experts) {
        int size = features.size();
        int newest = layout.recurrent + 1;
        int rows = (int) Math.min(desk.frames, s.numbers[layout.recurrent] + 1);
        s.numbers[layout.recurrent] = rows;
        System.arraycopy(s.numbers, newest, s.numbers, newest + size, (desk.frames - 1) * size);
        features.write(s, experts, features.past(s, 0), 0, desk.x);
        System.arraycopy(desk.x, 0, s.numbers, newest, size);
        desk.tape.begin(0, desk.frames - rows, s.next - rows);
        for (int back = 0; back < rows; back++) {
            desk.tape.input(0, desk.frames - back, s.numbers, newest + back * size);
        }
    }

    /** All quantiles of a step move together. */
    private static void move(float[] reading, float[] by) {
        for (int i = 0; i < reading.length; i++) {
            reading[i] += by[i / Grid.SIZE];
        }
    }
}
