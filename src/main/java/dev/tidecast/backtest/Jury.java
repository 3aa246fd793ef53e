package dev.tidecast.backtest;

import dev.tidecast.forecast.Forecast;
import java.util.List;

/** Several judges as one, heard in their order. */
public record Jury(List<Judge> judges) implements Judge {
    public Jury {
        judges = List.copyOf(judges);
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
