package dev.tidecast.stream;

import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.forecast.model.ModelBytes;
import dev.tidecast.nn.Network;
import dev.tidecast.nn.cell.Cells;
import dev.tidecast.pipeline.Forecasters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;

/** Pipelines of {@link Pipelines} with a network whose weights are drawn from a seed. */
final class Networks {
    private Networks() {}

    /** The text of a pipeline with a catalogued cell in its usual shape; its model file lies in the folder. */
    static String with(String yaml, String cell, Path folder) {
        Path file = folder.resolve(cell + ".model");
        String text = yaml + "model:     {cell: " + cell + ", units: "
                + Arrays.toString(Cells.entry(cell).example()) + ", lags: [9], project: 6, window: 5, file: \"" + file
                + "\"}\n";
        Forecaster forecaster = Forecasters.of(Pipelines.read(text));
        Network network = Objects.requireNonNull(forecaster.net()).network();
        SplittableRandom random = new SplittableRandom(12);
        float[] weights = network.initialise(12);
        for (int i = 0; i < weights.length; i++) {
            weights[i] += (float) random.nextDouble(-.05, .05);
        }
        try {
            Files.write(
                    file,
                    ModelBytes.of(
                            forecaster.modelShape(), forecaster.firstModel().prior(), weights));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text;
    }
}
