package dev.tidecast.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.series.Buckets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Forecasts wait side by side without one writing over what another still has to say. */
class ShelfTest {
    private static final int HORIZON = 5;
    private static final Issue.Shape SHAPE = new Issue.Shape(HORIZON, 2, 1);

    /** A number that tells of which forecast, step and column it is. */
    private static float mark(long index, int h, int column) {
        return index * 1000 + h * 10 + column;
    }

    private static void write(Issue issue, long index) {
        for (int h = 1; h <= HORIZON; h++) {
            issue.middle(h, mark(index, h, 0));
            issue.mean(h, mark(index, h, 1));
            issue.quantile(h, 0, mark(index, h, 2));
            issue.quantile(h, 1, mark(index, h, 3));
            issue.rival(0, h, mark(index, h, 4));
        }
    }

    private static void check(Issue issue, long index, int h) {
        assertThat(issue.index()).isEqualTo(index);
        assertThat(List.of(
                        issue.middle(h), issue.mean(h), issue.quantile(h, 0), issue.quantile(h, 1), issue.rival(0, h)))
                .isEqualTo(List.of(
                        (double) mark(index, h, 0),
                        (double) mark(index, h, 1),
                        (double) mark(index, h, 2),
                        (double) mark(index, h, 3),
                        (double) mark(index, h, 4)));
    }

    @Test
    void everyStepOfAWaitingForecastIsReadAsItWasWritten() {
        Course course = new Course("k", 1, HORIZON, Buckets.none(), false);
        List<List<Integer>> met = new ArrayList<>();
        for (int t = 0; t < 4 * HORIZON; t++) {
            write(course.issue(SHAPE, t), t);
            List<Integer> steps = new ArrayList<>();
            long now = t;
            course.step(t, new Judge() {
                @Override
                public void matured(Issue issue, int h, double actual) {
                    check(issue, now - h + 1, h);
                    steps.add(h);
                }
            });
            met.add(steps);
        }
        assertThat(met.get(1)).containsExactly(2, 1);
        assertThat(met.subList(HORIZON - 1, met.size())).allMatch(steps -> steps.equals(List.of(5, 4, 3, 2, 1)));
    }

    @Test
    void whatIsKeptOutlivesItsPlace() {
        Course course = new Course("k", 1, HORIZON, Buckets.none(), false);
        course.step(1, new Judge() {});
        Issue kept = null;
        for (int t = 1; t < 4 * HORIZON; t++) {
            Issue issue = course.issue(SHAPE, t);
            write(issue, t);
            kept = t == 3 ? issue.kept() : kept;
            course.step(t * t, new Judge() {});
        }
        assertThat(kept).isNotNull();
        for (int h = 1; h <= HORIZON; h++) {
            check(kept, 3, h);
        }
        assertThat(kept.origin()).isEqualTo(3);
        assertThat(kept.scale()).isEqualTo(1.5);
        assertThat(kept.course()).isSameAs(course);
    }

    @Test
    void aStepThatNobodyForecastIsJudgedByNobody() {
        Course course = new Course("k", 1, HORIZON, Buckets.none(), false);
        write(course.issue(SHAPE, 0), 0);
        List<Integer> met = new ArrayList<>();
        for (int t = 0; t < 3 * HORIZON; t++) {
            course.step(t == 1 ? Double.NaN : t, new Judge() {
                @Override
                public void matured(Issue issue, int h, double actual) {
                    met.add(h);
                }
            });
        }
        assertThat(met).containsExactly(1, 3, 4, 5);
    }
}
