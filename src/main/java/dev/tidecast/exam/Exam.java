package dev.tidecast.exam;

import dev.tidecast.backtest.Rerun;
import dev.tidecast.backtest.Table;
import dev.tidecast.backtest.Tutor;
import dev.tidecast.forecast.fold.Forecaster;
import dev.tidecast.forecast.model.Model;
import dev.tidecast.pipeline.Forecasters;
import dev.tidecast.pipeline.Pipeline;
import dev.tidecast.pipeline.PipelineReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * One customary test on one public set: which files it reads, under which pipeline, what may be learned from, how it is
 * graded. {@link Exams} has them all.
 *
 * @param name also that of its pipeline file
 * @param protocol the word of {@code --protocol}
 * @param files what it reads from the folder
 * @param ready lays the data out for a pipeline
 */
public record Exam(String name, String protocol, List<String> files, BiFunction<Path, Pipeline, Sitting> ready) {
    /**
     * What came of one seed.
     *
     * @param frozen the marks of weights that no longer learn where the judging begins; null where none ever do by then
     * @param forecasts how many were issued
     */
    public record Outcome(
            long seed,
            Marks marks,
            @Nullable Marks frozen,
            double trainSeconds,
            double streamSeconds,
            long forecasts) {}

    /** Files of this exam that a folder lacks. */
    public List<String> missing(Path folder) {
        return files.stream().filter(f -> !Files.exists(folder.resolve(f))).toList();
    }

    /** The pipeline it is sat under unless another is given; what is known in advance is read from the folder of the sets. */
    public Pipeline pipeline(Path folder) {
        String file = name + ".yaml";
        try (InputStream in = Exam.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + file);
            }
            return PipelineReader.read(file, in.readAllBytes(), variable -> null, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sits the exam once: learn, then stream everything from the start, graded where it counts. */
    public Outcome sit(Path folder, Pipeline pipeline, Teacher teacher, long seed) {
        Sitting sitting = ready.apply(folder, pipeline);
        if (seed == 1) {
            sitting.baselines().run();
        }
        Forecaster forecaster = Forecasters.forCloses(pipeline);
        Lessons lessons = sitting.lessons();
        Teacher first = lessons == null ? teacher : teacher.before(lessons);
        long began = System.nanoTime();
        Model model = first.teach(forecaster, sitting.table().before(sitting.trained()), seed);
        long taught = System.nanoTime();
        Tutor tutor = tutor(sitting, forecaster, model, teacher, seed);
        Rerun rerun = stream(sitting, forecaster, model, tutor);
        double stream = (System.nanoTime() - taught) / 1e9;
        Marks frozen = null;
        if (lessons != null && tutor != null) {
            Sitting again = ready.apply(folder, pipeline);
            Tutor fresh = tutor(again, forecaster, model, teacher, seed);
            stream(again, forecaster, model, fresh == null ? null : fresh.until(lessons.frozen(), model));
            frozen = again.grader().marks();
        }
        return new Outcome(seed, sitting.grader().marks(), frozen, (taught - began) / 1e9, stream, rerun.issued());
    }

    private static @Nullable Tutor tutor(
            Sitting sitting, Forecaster forecaster, Model model, Teacher teacher, long seed) {
        Lessons lessons = sitting.lessons();
        Table table = sitting.table();
        return lessons == null ? null : teacher.tutor(forecaster, model, table.before(table.length()), lessons, seed);
    }

    private static Rerun stream(Sitting sitting, Forecaster forecaster, Model model, @Nullable Tutor tutor) {
        Rerun rerun = new Rerun(forecaster, model, sitting.grader());
        if (tutor != null) {
            rerun.learnFrom(tutor);
        }
        sitting.grader().against(rerun.rivals());
        rerun.run(sitting.table().rows());
        return rerun;
    }
}
