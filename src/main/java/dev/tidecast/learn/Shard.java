package dev.tidecast.learn;

import dev.tidecast.nn.Network;
import dev.tidecast.nn.Tape;
import dev.tidecast.nn.Weights;
import dev.tidecast.series.Grid;
import java.util.List;

/** A fixed part of an update: some lanes, the tape they run on, the gradient and the loss they give. */
final class Shard {
    private final Learner learner;
    private final Network network;
    private final Recipe recipe;
    private final Objective objective;
    private final Tape tape;
    private final Feed feed;
    private final Lane[] lanes;
    private final float[] targets;
    private final float[] gradient;

    Shard(Learner learner, Recipe recipe, int window) {
        this.learner = learner;
        this.recipe = recipe;
        network = learner.network();
        objective = new Objective(recipe.weights().quantiles());
        lanes = new Lane[recipe.lanes().count() / recipe.lanes().shards()];
        for (int l = 0; l < lanes.length; l++) {
            lanes[l] = new Lane(network.stateSize());
        }
        tape = network.newLearningTape(lanes.length, window);
        feed = new Feed(network, tape);
        targets = new float[learner.horizon()];
        gradient = new float[network.weights()];
    }

    int window() {
        return tape.steps();
    }

    Lane[] lanes() {
        return lanes;
    }

    Objective objective() {
        return objective;
    }

    float[] gradient() {
        return gradient;
    }

    /** Walks one window of every lane, forward and back. */
    void learn(Weights weights, List<History> histories) {
        for (int l = 0; l < lanes.length; l++) {
            read(l, histories.get(lanes[l].stretch().history()));
        }
        network.forward(weights, tape);
        objective.clear();
        for (int l = 0; l < lanes.length; l++) {
            judge(l, histories.get(lanes[l].stretch().history()));
        }
        network.backward(weights, tape, gradient);
        for (int l = 0; l < lanes.length; l++) {
            network.saveState(tape, l, lanes[l].state(), 0);
            lanes[l].forward();
        }
    }

    private void read(int l, History history) {
        Lane lane = lanes[l];
        int first = lane.first(tape.steps());
        int padding = Math.max(0, lane.stretch().from() - first);
        tape.begin(l, padding, history.index(first + padding));
        if (lane.carries()) {
            network.loadState(tape, l, lane.state(), 0);
        }
        feed.write(history, first, padding, l);
    }

    private void judge(int l, History history) {
        int first = lanes[l].first(tape.steps());
        int at = l * targets.length * Grid.SIZE;
        for (int f = Math.max(0, lanes[l].stretch().counted() - first); f < tape.steps(); f++) {
            int t = first + f;
            history.targets(t, targets);
            float counts = t < learner.longestLag() ? recipe.weights().cold() : 1f;
            objective.add(tape.output(f + 1), at, targets, counts, tape.outputSlope(f + 1));
        }
    }
}
