package dev.tidecast.learn;

import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.forecast.model.ForecastNet;
import dev.tidecast.forecast.spec.NetSpec;
import dev.tidecast.nn.Network;
import dev.tidecast.nn.Param;
import java.util.List;

/** The network of a forecaster as what is learnt; of several members, each of them by itself. */
public record NetLearner(ForecastNet net, int longestLag) implements Learner {
    private static final int GROWN = 3;

    public static NetLearner of(Forecaster forecaster) {
        ForecastNet net = forecaster.net();
        NetSpec spec = forecaster.settings().net();
        if (net == null || spec == null) {
            throw new IllegalArgumentException("there is no network to train");
        }
        return new NetLearner(net, spec.lags());
    }

    /**
     * The same to learn from these histories: where most are too short to see all lags for most of their time, a step is grown
     * when it has seen a third of a usual history.
     */
    public static NetLearner of(Forecaster forecaster, List<? extends History> histories) {
        NetLearner learner = of(forecaster);
        int grown = Math.max(1, History.usualSteps(histories) / GROWN);
        return new NetLearner(learner.net, Math.min(learner.longestLag, grown));
    }

    @Override
    public Network network() {
        return net.member();
    }

    @Override
    public int horizon() {
        return net.horizon();
    }

    @Override
    public int window() {
        return net.window();
    }

    @Override
    public List<Param> highway() {
        return net.road();
    }

    @Override
    public float[] highway(float[] w) {
        return net.road(w);
    }

    @Override
    public float[] beside(float[] road, float[] x) {
        return net.beside(road, x, 0);
    }

    @Override
    public void startHighway(float[] w, float[] ridge) {
        net.startRoad(w, ridge);
    }
}
