package dev.tidecast.learn;

import dev.tidecast.nn.Network;
import dev.tidecast.nn.Tape;

/** Writes a history into a lane of a tape. */
final class Feed {
    private final Network network;
    private final Tape tape;

    Feed(Network network, Tape tape) {
        this.network = network;
        this.tape = tape;
    }

    /** The frames after the padding; the first frame of the tape is step `first` of the history. */
    void write(History history, int first, int padding, int lane) {
        int last = first + tape.steps() - 1;
        for (int f = padding; f < tape.steps(); f++) {
            int seenFrom = network.recurrent() ? first + f : last;
            history.features(seenFrom, seenFrom - first - f, tape.input(f + 1), lane * network.inputs());
        }
    }
}
