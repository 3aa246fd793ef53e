package dev.tidecast.forecast.answer;

import dev.tidecast.forecast.spec.Expert;
import java.util.List;
import java.util.stream.Stream;

/** The mix of a forecast: the name and the weight of each expert, averaged over the steps. The weights sum to one. Arrays are shared. */
public record Mix(List<String> names, double[] weights) {
    public static final List<String> NAMES =
            Stream.of(Expert.values()).map(Expert::word).toList();

    /** The weight of an expert. */
    public double of(String name) {
        return weights[names.indexOf(name)];
    }
}
