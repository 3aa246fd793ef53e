package dev.tidecast.serve;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is kept in memory of one series: its latest forecast as it was written, and its recent past with what had been forecast. */
final class SeriesView {
    /** One closed bucket: what happened, and the band forecast for it one step before. */
    record Point(String ts, double actual, double low, double mid, double high) {}

    private final int mostPoints;
    private final ArrayDeque<Point> past = new ArrayDeque<>();
    private byte @Nullable [] forecast;

    SeriesView(int mostPoints) {
        this.mostPoints = mostPoints;
    }

    synchronized void forecast(byte[] json) {
        forecast = json;
    }

    synchronized void outcome(Outcome outcome) {
        Outcome.Matured next = null;
        for (Outcome.Matured matured : outcome.matured()) {
            next = matured.h() == 1 ? matured : next;
        }
        double nan = Double.NaN;
        past.addLast(
                next == null
                        ? new Point(outcome.ts(), outcome.actual(), nan, nan, nan)
                        : new Point(outcome.ts(), outcome.actual(), next.low(), next.mid(), next.high()));
        while (past.size() > mostPoints) {
            past.removeFirst();
        }
    }

    synchronized byte @Nullable [] latest() {
        return forecast;
    }

    /** The newest points, oldest first. */
    synchronized List<Point> past(int most) {
        List<Point> all = new ArrayList<>(past);
        return all.subList(Math.max(0, all.size() - most), all.size());
    }
}
