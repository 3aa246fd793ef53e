package dev.tidecast.backtest;

import dev.tidecast.forecast.answer.Forecast;
import dev.tidecast.forecast.answer.QuantileNames;
import dev.tidecast.text.JsonBytes;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Every issued forecast as a line per step, so that anyone can score it; gzip where the name ends in .gz. The same run
 * writes the same text on every machine and JDK:
 *
 * <pre>
 *   key,origin,h,ts,mean,p10,p50,p90,mix_persistence,...
 *   s01_i01,2013-01-08T00:00:00Z,1,2013-01-08T00:00:00Z,14.2,10,14,19,0.2,...
 * </pre>
 *
 * Without buckets ts is empty: nobody knows when the next events come. Quantiles are as they are shown, numbers have six
 * significant digits. A key is quoted if it holds a comma, a quote or a line end.
 */
public final class ForecastCsv implements Judge, AutoCloseable {
    private static final int BLOCK = 1 << 16;

    private final Path file;
    private final OutputStream out;
    private final JsonBytes text = new JsonBytes();
    private List<String> mix = List.of();
    private boolean begun;

    public ForecastCsv(Path file) {
        this.file = file;
        try {
            OutputStream raw = new BufferedOutputStream(Files.newOutputStream(file), BLOCK);
            this.out = file.toString().endsWith(".gz") ? new Quick(raw) : raw;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static final class Quick extends GZIPOutputStream {
        Quick(OutputStream out) throws IOException {
            super(out, BLOCK);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    @Override
    public void issued(Issue issue, Forecast f) {
        text.clear();
        if (!begun) {
            begun = true;
            mix = f.mix().names();
            head(f);
        }
        byte[] front = new JsonBytes()
                .raw(quoted(f.key()))
                .raw(",")
                .moment(f.origin())
                .raw(",")
                .toBytes();
        byte[] end = end(f);
        long[] starts = f.starts();
        for (int h = 1; h <= f.horizon(); h++) {
            text.raw(front).number((long) h).raw(",");
            if (starts != null) {
                text.moment(starts[h - 1]);
            }
            text.raw(",").number(f.mean(h));
            for (int i = 0; i < f.levels().length; i++) {
                text.raw(",").number(issue.quantile(h, i));
            }
            text.raw(end);
        }
        write();
    }

    private void head(Forecast f) {
        text.raw("key,origin,h,ts,mean");
        for (double level : f.levels()) {
            text.raw(",").raw(QuantileNames.name(level));
        }
        for (String name : mix) {
            text.raw(",mix_").raw(name);
        }
        text.raw("\n");
    }

    private byte[] end(Forecast f) {
        JsonBytes end = new JsonBytes();
        for (int i = 0; i < mix.size(); i++) {
            end.raw(",").number(f.mix().weights()[i]);
        }
        return end.raw("\n").toBytes();
    }

    private static byte[] quoted(String key) {
        boolean plain = key.indexOf(',') < 0 && key.indexOf('"') < 0 && key.indexOf('\n') < 0 && key.indexOf('\r') < 0;
        String text = plain ? key : '"' + key.replace("\"", "\"\"") + '"';
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void write() {
        try {
            out.write(text.toBytes());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private DataException failed(IOException e) {
        return new DataException(file + ": cannot be written (" + e.getMessage() + ")", e);
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
