package dev.tidecast.nn;

import dev.tidecast.kernel.Kernels;
import java.util.Arrays;
import java.util.List;

/**
 * C = Σⱼ aⱼ mⱼ with a = softmaxⱼ(q · mⱼ / √n), over those frames of the memory within the bounds that are alive in the lane.
 * The weights are kept per frame, for the backward pass and for whoever wants to see them.
 */
record Attend(Slot query, Slot memory, Slot scores, Slot weights, Slot out, Bounds bounds) implements Op {
    @Override
    public List<Slot> reads() {
        return List.of(query, memory, scores, weights);
    }

    @Override
    public void forward(Weights w, Tape tape, int t) {
        for (int lane = 0; lane < tape.lanes(); lane++) {
            attend(tape, t, lane);
        }
    }

    private void attend(Tape tape, int t, int lane) {
        Kernels k = tape.kernels();
        int n = out.size();
        int first = first(tape, lane);
        int last = bounds.last(tape.steps());
        int at = lane * tape.steps() + first - 1;
        float[] score = tape.value(scores, t);
        for (int j = first; j <= last; j++) {
            score[at + j - first] = scale() * k.dot(tape.value(query, t), lane * n, tape.value(memory, j), lane * n, n);
        }
        float[] weight = tape.value(weights, t);
        k.softmax(score, weight, at, last - first + 1);
        float[] y = tape.value(out, t);
        Arrays.fill(y, lane * n, lane * n + n, 0f);
        for (int j = first; j <= last; j++) {
            k.axpy(weight[at + j - first], tape.value(memory, j), lane * n, y, lane * n, n);
        }
    }

    @Override
    public void backward(Weights w, Tape tape, int t) {
        for (int lane = 0; lane < tape.lanes(); lane++) {
            slopes(tape, t, lane);
        }
    }

    private void slopes(Tape tape, int t, int lane) {
        Kernels k = tape.kernels();
        int n = out.size();
        int own = lane * n;
        int first = first(tape, lane);
        int last = bounds.last(tape.steps());
        int at = lane * tape.steps() + first - 1;
        float[] dy = tape.slope(out, t);
        float[] weight = tape.value(weights, t);
        float[] dWeight = tape.slope(weights, t);
        for (int j = first; j <= last; j++) {
            k.axpy(weight[at + j - first], dy, own, tape.slope(memory, j), own, n);
            dWeight[at + j - first] += k.dot(dy, own, tape.value(memory, j), own, n);
        }
        float[] dScore = tape.slope(scores, t);
        k.softmaxSlope(weight, dWeight, dScore, at, last - first + 1);
        for (int j = first; j <= last; j++) {
            float d = scale() * dScore[at + j - first];
            k.axpy(d, tape.value(memory, j), own, tape.slope(query, t), own, n);
            k.axpy(d, tape.value(query, t), own, tape.slope(memory, j), own, n);
        }
    }

    private int first(Tape tape, int lane) {
        return Math.max(bounds.first(tape.steps()), tape.padding(lane) + 1);
    }

    private float scale() {
        return (float) (1 / Math.sqrt(out.size()));
    }
}
