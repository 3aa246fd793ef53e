package dev.tidecast.learn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChoiceTest {
    private static final float[] START = {0};

    private static Choice after(double start, double... losses) {
        Choice choice = new Choice(START, start, 3);
        for (int k = 0; k < losses.length && !choice.over(); k++) {
            choice.take(k + 1, new float[] {k + 1}, losses[k]);
        }
        return choice;
    }

    @Test
    void theLastIsKeptUnlessAnEarlierOneWasClearlyBetter() {
        assertThat(after(2, 1.5, 1.2, 1.21).pass()).isEqualTo(3);
        Choice spoilt = after(2, 1.5, 1.2, 1.5);
        assertThat(spoilt.pass()).isEqualTo(2);
        assertThat(spoilt.weights()).containsExactly(2);
        assertThat(spoilt.loss()).isEqualTo(1.2);
    }

    @Test
    void trainingThatMakesItWorseIsStoppedAndTheStartKept() {
        Choice choice = after(1, 1.2, 1.3, 1.4, 1.5, 1.6);
        assertThat(choice.over()).isTrue();
        assertThat(choice.weights()).isSameAs(START);
    }

    @Test
    void withoutAnythingHeldBackTheLastIsKept() {
        Choice choice = after(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        assertThat(choice.pass()).isEqualTo(5);
        assertThat(choice.weights()).containsExactly(5);
    }
}
