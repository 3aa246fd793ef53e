package dev.tidecast.stream;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the forecaster has written in this run, a thousand records of each kind: the bare topology writes the same bytes
 * again, so that sizes, and how well they compress, are alike.
 */
record Shape(Map<Kind, List<byte[]>> records) {
    private static final int MOST = 1024;

    /** What a forecaster writes: two state values and three outputs. */
    enum Kind {
        OPEN,
        SERIES,
        PARTIAL,
        CLOSE,
        ACCURACY
    }

    List<byte[]> of(Kind kind) {
        return Objects.requireNonNull(records.get(kind));
    }

    double meanBytes(Kind kind) {
        return of(kind).stream().mapToInt(record -> record.length).average().orElse(0);
    }

    /** Keeps evenly spaced ones where there are more than enough. */
    static List<byte[]> thin(List<byte[]> all) {
        List<byte[]> kept = new ArrayList<>(MOST);
        int count = Math.min(MOST, all.size());
        for (int i = 0; i < count; i++) {
            kept.add(all.get((int) ((long) i * all.size() / count)));
        }
        return kept;
    }

    void write(Path file) throws IOException {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            for (Kind kind : Kind.values()) {
                out.writeInt(of(kind).size());
                for (byte[] record : of(kind)) {
                    out.writeInt(record.length);
                    out.write(record);
                }
            }
        }
    }

    static Shape read(Path file) throws IOException {
        Map<Kind, List<byte[]>> records = new EnumMap<>(Kind.class);
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            for (Kind kind : Kind.values()) {
                int count = in.readInt();
                List<byte[]> all = new ArrayList<>(count);
                for (int i = 0; i < count; i++) {
                    all.add(in.readNBytes(in.readInt()));
                }
                records.put(kind, all);
            }
        }
        return new Shape(records);
    }
}
