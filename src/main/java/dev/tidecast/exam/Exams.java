package dev.tidecast.exam;

import dev.tidecast.backtest.LongForm;
import dev.tidecast.backtest.Table;
import dev.tidecast.pipeline.Pipeline;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The exams: M4 and M3 (one origin), online (every origin of the last part, standardised), taxi (five steps ahead), prices (one,
 * three and five days ahead), window (one origin, the last steps of a set), prequential (every origin after the first quarter).
 */
public final class Exams {
    private static final long HOUR = 3_600_000L;
    private static final long DAY = 24 * HOUR;
    /** 1970-01-05, a Monday: where synthetic time begins. */
    private static final long MONDAY = 4 * DAY;
    /** What may be learned from, of a set without a split of its own. */
    private static final double LEARNED = .25;

    private static final String STOCKS = "stocks_kdd17.csv.gz";
    /** Of 2518 days: the first 80 % to learn from and the next 10 % to choose by, as the study has it. */
    private static final int STOCKS_LEARNED = 2266;

    private Exams() {}

    /** All of them, in the order of the table they make. */
    public static List<Exam> all() {
        List<Exam> all = new ArrayList<>();
        all.add(m4("m4-hourly", "Hourly", HOUR, 24, new Origins.Naive2(18.383, 2.395)));
        all.add(m4Origins());
        all.add(m4("m4-weekly", "Weekly", 7 * DAY, 1, new Origins.Naive2(9.161, 2.777)));
        all.add(m3("yearly", 1, 6));
        all.add(m3("quarterly", 4, 8));
        all.add(m3("monthly", 12, 18));
        all.add(m3("other", 1, 8));
        all.add(online("etth1", new Cut(2880, 3600, 14_400), 24, LITTLE));
        all.add(online("ettm1", new Cut(4 * 2880, 4 * 3600, 4 * 14_400), 96, SOME));
        all.add(online("wth", new Cut(7012, 8766, 35_064), 24, LITTLE));
        all.add(new Exam("pjm-online", "online", List.of("pjm_hourly.csv.gz"), Exams::pjm));
        all.add(new Exam("nyc-taxi", "taxi", List.of("nyc_taxi.csv.gz"), Exams::taxi));
        all.add(new Exam("stocks-kdd17-mse", "prices", List.of(STOCKS), Exams::stocks));
        all.add(window("nn5-daily", "nn5_daily.csv.gz", 1));
        all.add(window("car-parts", "car_parts.csv.gz", 12));
        for (String name : List.of(
                "store-item-demand",
                "m5-sample-8-items",
                "bike-sharing-hourly",
                "pjm-hourly",
                "crypto-hourly",
                "stocks-kdd17",
                "stocks-sp500",
                "nab",
                "nyc-taxi-perturb")) {
            String file = name.replace('-', '_') + ".csv.gz";
            boolean trading = name.startsWith("stocks");
            all.add(new Exam(name, "prequential", List.of(file), (folder, pipeline) -> {
                Table table = table(folder.resolve(file), pipeline);
                return prequential(trading ? table.evenly(MONDAY, DAY) : table, pipeline);
            }));
        }
        return all;
    }

    /** A prequential exam of any long-form file under a pipeline of the caller's. */
    public static Exam ofFile(String file) {
        return new Exam(
                file,
                "prequential",
                List.of(file),
                (folder, pipeline) -> prequential(table(folder.resolve(file), pipeline), pipeline));
    }

    private static Exam m4(String name, String frequency, long step, int season, Origins.Naive2 naive2) {
        List<String> files = List.of("m4/" + frequency + "-train.csv.gz", "m4/" + frequency + "-test.csv.gz");
        return new Exam(name, "m4", files, (folder, pipeline) -> {
            Map<String, double[]> train = Wide.read(folder.resolve(files.get(0)));
            Map<String, double[]> test = Wide.read(folder.resolve(files.get(1)));
            return oneOrigin(aligned(train, test, pipeline.horizon()), pipeline, step, season, naive2);
        });
    }

    /** The last horizon of a table whose series end together. */
    private static Sitting oneOrigin(Table ending, Pipeline pipeline, long step, int season, Origins.Naive2 naive2) {
        int origin = ending.length() - pipeline.horizon();
        Table table = ending.evenly(MONDAY, step).closed();
        Grader<?> grader = new Origins(table, Origins.Span.one(origin, pipeline.quantiles()), season, naive2);
        return new Sitting(table, origin, grader, () -> naives(grader, pipeline.horizon(), season));
    }

    /** Short series, each counted by its own steps and not by dates: the last horizon of each is what is asked for. */
    private static Exam m3(String period, int season, int horizon) {
        return new Exam("m3-" + period, "m3", List.of(M3.VALUES, M3.SERIES), (folder, pipeline) -> {
            Map<String, double[]> train = new LinkedHashMap<>();
            Map<String, double[]> test = new LinkedHashMap<>();
            M3.read(folder, period).forEach((key, y) -> {
                int known = Math.max(0, y.length - horizon);
                train.put(key, Arrays.copyOf(y, known));
                test.put(key, Arrays.copyOfRange(y, known, y.length));
            });
            return oneOrigin(aligned(train, test, horizon), pipeline, DAY, season, Origins.Naive2.NONE);
        });
    }

    /** Nine origins in the last 96 hours of train, which nothing has learned from: one origin says little of coverage. */
    private static Exam m4Origins() {
        String file = "m4/Hourly-train.csv.gz";
        return new Exam("m4-hourly-origins", "m4", List.of(file), (folder, pipeline) -> {
            Map<String, double[]> train = Wide.read(folder.resolve(file));
            Table ending = aligned(train, Map.of(), 0);
            int end = ending.length();
            Table table = ending.evenly(MONDAY, HOUR).closed();
            Origins.Span span = new Origins.Span(end - 96, end - 48, 6, pipeline.quantiles());
            Grader<?> grader = new Origins(table, span, 24, Origins.Naive2.NONE);
            return new Sitting(table, span.first(), grader, () -> naives(grader, pipeline.horizon(), 24));
        });
    }

    /** Series of different lengths, all ending their training part at the same step. */
    private static Table aligned(Map<String, double[]> train, Map<String, double[]> test, int horizon) {
        int origin = train.values().stream().mapToInt(y -> y.length).max().orElse(0);
        List<Table.Line> lines = new ArrayList<>();
        train.forEach((key, y) -> {
            double[] ahead = test.getOrDefault(key, new double[0]);
            double[] values = new double[origin + horizon];
            Arrays.fill(values, Double.NaN);
            System.arraycopy(y, 0, values, origin - y.length, y.length);
            System.arraycopy(ahead, 0, values, origin, Math.min(ahead.length, horizon));
            lines.add(new Table.Line(key, values));
        });
        return new Table(new long[origin + horizon], lines);
    }

    private static void naives(Grader<?> grader, int horizon, int... seasons) {
        grader.naive("the data: last value", 1, horizon);
        for (int season : seasons) {
            if (season > 1) {
                grader.naive("the data: season of " + season, season, horizon);
            }
        }
    }

    /** The training part ends before the first step, judging begins at the second, nothing from the third on is read. */
    private record Cut(int trained, int from, int end) {}

    /** After how much training, and with how much learning at every lesson, a set is streamed. */
    private record Effort(int passes, int updates, double rate) {}

    /** The highway learns most of what there is; on stretches nothing is graded on, more for the rest gave less. */
    private static final Effort LITTLE = new Effort(5, 1, 1e-4);

    /** Four times the steps a day have more to teach. */
    private static final Effort SOME = new Effort(5, 2, 5e-4);

    /** One long series that nothing is known of has more to teach. */
    private static final Effort FROM_NOTHING = new Effort(1, 8, 1e-3);

    private static Lessons lessons(Pipeline pipeline, Table table, Cut cut, Effort effort) {
        long day = DAY / pipeline.buckets().usualMillis();
        long from = pipeline.buckets().index(table.time(cut.trained));
        long frozen = pipeline.buckets().index(table.time(cut.from));
        return new Lessons((int) day, from, frozen, effort.passes, effort.updates, effort.rate);
    }

    private static Exam online(String name, Cut cut, int season, Effort effort) {
        String file = name + ".csv.gz";
        return new Exam(
                name,
                "online",
                List.of(file),
                (folder, pipeline) ->
                        online(table(folder.resolve(file), pipeline).first(cut.end), cut, season, effort, pipeline));
    }

    private static Sitting online(Table raw, Cut cut, int season, Effort effort, Pipeline pipeline) {
        Table table = Online.standardised(raw, cut.trained).closed();
        Grader<?> grader = new Online(table, cut.from, cut.end);
        Cut still = new Cut(cut.trained, cut.trained, cut.end);
        Lessons lessons = lessons(pipeline, table, still, effort);
        Runnable baselines = () -> {
            naives(grader, pipeline.horizon(), season);
            grader.regression(pipeline.horizon());
        };
        return new Sitting(table, cut.trained, grader, baselines, lessons);
    }

    /** The stretch in which all regions are known, cut 20 / 5 / 75. */
    private static Sitting pjm(Path folder, Pipeline pipeline) {
        Table common = table(folder.resolve("pjm_hourly.csv.gz"), pipeline).common();
        int n = common.length();
        return online(common, new Cut(n / 5, n / 4, n), 24, LITTLE, pipeline);
    }

    private static Sitting taxi(Path folder, Pipeline pipeline) {
        int from = 10_000;
        Table table = table(folder.resolve("nyc_taxi.csv.gz"), pipeline);
        Grader<?> grader = new Ahead(table, 5, from);
        Lessons lessons = lessons(pipeline, table, new Cut(0, from, table.length()), FROM_NOTHING);
        Runnable baselines = () -> {
            naives(grader, pipeline.horizon(), 48, 336);
            grader.regression(pipeline.horizon());
        };
        return new Sitting(table.closed(), 0, grader, baselines, lessons);
    }

    private static Sitting stocks(Path folder, Pipeline pipeline) {
        Table table = table(folder.resolve(STOCKS), pipeline).evenly(MONDAY, DAY);
        Grader<?> grader = new Prices(table, table.length());
        return new Sitting(table.closed(), STOCKS_LEARNED, grader, () -> naives(grader, pipeline.horizon()));
    }

    private static Exam window(String name, String file, int season) {
        return new Exam(name, "window", List.of(file), (folder, pipeline) -> {
            Table table =
                    table(folder.resolve(file), pipeline).evenly(MONDAY, DAY).closed();
            int origin = table.length() - 1 - pipeline.horizon();
            Grader<?> grader =
                    new Origins(table, Origins.Span.one(origin, pipeline.quantiles()), season, Origins.Naive2.NONE);
            return new Sitting(table, origin, grader, () -> naives(grader, pipeline.horizon(), pipeline.seasons()[0]));
        });
    }

    private static Sitting prequential(Table table, Pipeline pipeline) {
        int from = (int) (table.length() * LEARNED);
        Prequential grader = new Prequential(table, from, pipeline);
        return new Sitting(table, from, grader, grader::volatility);
    }

    private static Table table(Path file, Pipeline pipeline) {
        ZoneId zone = pipeline.buckets().zone();
        try (LongForm rows = LongForm.open(file, zone)) {
            return Table.of(rows);
        }
    }
}
