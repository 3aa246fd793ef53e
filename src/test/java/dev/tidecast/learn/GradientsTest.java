package dev.tidecast.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GradientsTest {
    private static final Made.Student STUDENT = Made.student();
    private static final float[] W = weights();
    private static final List<History> KEYS = List.copyOf(Made.keys(4, 60, 3));

    private static float[] weights() {
        float[] w = STUDENT.network().initialise(9);
        for (int i = 0; i < w.length; i++) {
            w[i] += .01f * (i % 7 - 3); // or the state would not reach the outputs
        }
        return w;
    }

    private static Shard shard(int lanes, int window, Stretch... stretches) {
        Shard shard = new Shard(STUDENT, Recipe.standard().withCold(.25f).withLanes(lanes, 1), window);
        for (int l = 0; l < lanes; l++) {
            shard.lanes()[l].take(stretches[l]);
        }
        shard.learn(STUDENT.network().newWeights().pack(W), KEYS);
        return shard;
    }

    @Test
    void paddingChangesNoBit() {
        Shard exact = shard(1, 25, new Stretch(0, 20, 20, 45));
        Shard padded = shard(1, 40, new Stretch(0, 20, 20, 45));
        assertThat(padded.gradient()).isEqualTo(exact.gradient());
        assertThat(padded.objective().sum()).isEqualTo(exact.objective().sum());
        assertThat(padded.lanes()[0].state()).isEqualTo(exact.lanes()[0].state());
    }

    @Test
    void aLaneIsWhatItIsAlone() {
        Stretch one = new Stretch(1, 0, 0, 30);
        Stretch other = new Stretch(2, 11, 15, 24);
        Shard both = shard(2, 30, one, other);
        Shard left = shard(1, 30, one);
        Shard right = shard(1, 30, other);
        assertThat(both.lanes()[0].state()).isEqualTo(left.lanes()[0].state());
        assertThat(both.lanes()[1].state()).isEqualTo(right.lanes()[0].state());
        assertThat(both.objective().count())
                .isEqualTo(left.objective().count() + right.objective().count());
    }

    @Test
    void theStateIsCarriedFromWindowToWindow() {
        Stretch stretch = new Stretch(0, 0, 0, 40);
        Shard whole = shard(1, 40, stretch);
        Shard halves = shard(1, 20, stretch);
        float[] before = halves.lanes()[0].state().clone();
        halves.learn(STUDENT.network().newWeights().pack(W), KEYS);
        assertThat(halves.lanes()[0].state())
                .isEqualTo(whole.lanes()[0].state())
                .isNotEqualTo(before);
        assertThat(halves.lanes()[0].done(20)).isTrue();
    }

    @Test
    void whatOnlyWarmsUpIsNotLearntFrom() {
        Shard shard = shard(1, 20, new Stretch(0, 10, 25, 30));
        assertThat(shard.objective().count()).isEqualTo(5 * Made.HORIZON);
    }

    @Test
    void aYoungStepCountsLess() {
        Shard shard = shard(1, Made.SEASON + 2, new Stretch(0, 0, 0, Made.SEASON + 2));
        assertThat(shard.objective().count()).isEqualTo(Made.HORIZON * (2 + Made.SEASON * (double) .25f));
    }

    @Test
    void whatWasNotFiniteLeavesNoTrace() {
        List<History> keys = List.of(new Made.Series(((Made.Series) KEYS.get(0)).z(), 10), KEYS.get(1));
        Shard shard = new Shard(STUDENT, Recipe.standard().withLanes(1, 1), 20);
        shard.lanes()[0].take(new Stretch(0, 0, 0, 20));
        shard.learn(STUDENT.network().newWeights().pack(W), keys);
        assertThat(shard.gradient()).contains(Float.NaN);
        shard.lanes()[0].take(new Stretch(1, 0, 0, 20));
        shard.learn(STUDENT.network().newWeights().pack(W), keys);
        assertThat(shard.gradient()).doesNotContain(Float.NaN);
    }
}
