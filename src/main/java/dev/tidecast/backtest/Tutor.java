package dev.tidecast.backtest;

import dev.tidecast.forecast.model.Model;

/** Goes on teaching while an exam is streamed: asked again and again for the model to go on with. */
public interface Tutor {
    /** How many steps lie between two lessons. */
    int every();

    /** The model from here on, learned from what had closed before this bucket and from nothing else. */
    Model lesson(long bucket);

    /** This tutor as long as buckets are before `end`; after that, the model it came to. */
    default Tutor until(long end, Model first) {
        Tutor all = this;
        return new Tutor() {
            private Model last = first;

            @Override
            public int every() {
                return all.every();
            }

            @Override
            public Model lesson(long bucket) {
                last = bucket < end ? all.lesson(bucket) : last;
                return last;
            }
        };
    }
}
