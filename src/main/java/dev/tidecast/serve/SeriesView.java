package dev.tidecast.serve;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is kept in memory of one series: its latest forecast as it was written, and its recent past with what had been forecast. */
final class SeriesView {
    /** One closed bucket: what happened, and the band forecast for it one step before. */
    record Point(String ts, double actual, Outcome.Band band) {}

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
        Outcome.Band next = Outcome.Band.NONE;
        for (Outcome.Matured matured : outcome.matured()) {
            next = matured.h() == 1 ? matured.band() : next;
        }
        past.addLast(new Point(outcome.ts(), outcome.actual(), next));
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
