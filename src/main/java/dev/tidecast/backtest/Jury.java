package dev.tidecast.backtest;

import dev.tidecast.forecast.answer.Forecast;
import java.util.List;

/** Several judges as one, heard in their order. */
public final class Jury implements Judge {
    /** An array, for they are asked once per forecast step: very often. */
    private final Judge[] judges;

    public Jury(List<Judge> judges) {
        this.judges = judges.toArray(new Judge[0]);
    }

    @Override
    public void issued(Issue issue, Forecast forecast) {
        for (Judge judge : judges) {
            judge.issued(issue, forecast);
        }
    }

    @Override
    public void matured(Issue issue, int h, double actual) {
        for (Judge judge : judges) {
            judge.matured(issue, h, actual);
        }
    }
}
