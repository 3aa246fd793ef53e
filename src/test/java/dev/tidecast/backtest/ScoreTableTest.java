package dev.tidecast.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreTableTest {
    private static ScoreTable table(long from) {
        Scoreboard board = new Scoreboard(new double[] {.1, .5, .9}, from);
        Table table = new Table(
                Made.daily(90),
                List.of(new Table.Line("a", Made.weekly(1, 90)), new Table.Line("b", Made.weekly(2, 90))));
        Made.run(Made.days("count", 14), table, board);
        return new ScoreTable(board);
    }

    @Test
    void theTableEndsWithAllStepsALegendAndAJudgement() {
        String text = table(Scope.ALL).text();
        assertThat(text).contains("step 8-14, ", "\nall steps, ", "\nLower is better; ");
        assertThat(text.lines().reduce("", (a, b) -> b))
                .matches("WAPE \\d+\\.\\d %: \\d+ % (less|more) error than repeating the last season");
    }

    @Test
    void nothingScoredIsSaid() {
        assertThat(table(Made.NEW_YEAR + 900 * Made.DAY).judgement()).isEqualTo("No forecast was scored.");
    }
}
