package dev.tidecast.learn;

import dev.tidecast.nn.Descent;
import dev.tidecast.nn.Network;
import dev.tidecast.nn.Weights;
import java.util.List;

/** One update of the weights: every shard walks its lanes, their gradients are added in the order of the shards. */
final class Gradients {
    private final Crew crew;
    private final Shard[] shards;
    private final Weights weights;
    private final float[] sum;
    private double loss;
    private double count;

    Gradients(Crew crew, Learner learner, Recipe recipe, int window) {
        this.crew = crew;
        Network network = learner.network();
        shards = new Shard[recipe.lanes().shards()];
        for (int s = 0; s < shards.length; s++) {
            shards[s] = new Shard(learner, recipe, window);
        }
        weights = network.newWeights();
        sum = new float[network.weights()];
    }

    Shard[] shards() {
        return shards;
    }

    /** Moves w by what the next window of every lane says. */
    void update(List<History> histories, float[] w, Descent descent) {
        weights.pack(w);
        crew.each(shards.length, s -> shards[s].learn(weights, histories));
        loss = 0;
        count = 0;
        for (Shard shard : shards) {
            loss += shard.objective().sum();
            count += shard.objective().count();
        }
        if (count > 0) {
            add((float) (1 / count));
            if (!descent.step(w, sum)) {
                loss = 0;
                count = 0;
                forget();
            }
        }
    }

    private void add(float share) {
        for (int i = 0; i < sum.length; i++) {
            float total = 0;
            for (Shard shard : shards) {
                total += shard.gradient()[i];
            }
            sum[i] = share * total;
        }
    }

    private void forget() {
        for (Shard shard : shards) {
            for (Lane lane : shard.lanes()) {
                lane.forgetIfNotFinite();
            }
        }
    }

    /** The loss of the last update, not yet divided by {@link #count}; 0 if it was refused. */
    double loss() {
        return loss;
    }

    double count() {
        return count;
    }
}
