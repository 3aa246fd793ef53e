package dev.tidecast.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CourseTest {
    private static final int WINDOW = 16;
    private static final Recipe RECIPE = Recipe.standard().withWindow(WINDOW);

    private static Course course(long seed, boolean recurrent) {
        return new Course(List.copyOf(Made.keys(3, 900, 1)), RECIPE.withSeed(seed), recurrent, WINDOW);
    }

    private static List<Stretch> take(Course course, int windows) {
        List<Stretch> taken = new ArrayList<>();
        for (int left = windows; left > 0; left -= taken.get(taken.size() - 1).windows(WINDOW)) {
            taken.add(course.next());
        }
        return taken;
    }

    @Test
    void everyStepOfALongHistoryCountsOnceInAPass() {
        Course course = course(1, true);
        int[] counted = new int[900];
        for (int left = 899 + 892 + 885; left > 0; ) {
            Stretch stretch = course.next();
            assertThat(stretch.windows(WINDOW))
                    .isLessThanOrEqualTo(RECIPE.lanes().longest() + 2);
            left -= stretch.to() - stretch.counted();
            for (int t = stretch.counted(); stretch.history() == 0 && t < stretch.to(); t++) {
                counted[t]++;
            }
        }
        for (int t = 0; t < 899; t++) {
            assertThat(counted[t]).as("step %d", t).isEqualTo(1);
        }
        assertThat(counted[899]).as("the last step has no label").isZero();
    }

    @Test
    void aPieceOfALongHistoryIsWarmedUpOverTheWindowBefore() {
        assertThat(take(course(1, true), 300))
                .allSatisfy(stretch ->
                        assertThat(stretch.counted() - stretch.from()).isEqualTo(Math.min(stretch.counted(), WINDOW)));
    }

    @Test
    void theSeedAloneDecidesTheOrder() {
        assertThat(take(course(5, true), 500)).isEqualTo(take(course(5, true), 500));
        assertThat(take(course(5, true), 500)).isNotEqualTo(take(course(6, true), 500));
    }

    @Test
    void aWindowedNetworkLearnsFromTheLastStepOfEachWindow() {
        assertThat(take(course(1, false), 500)).allSatisfy(stretch -> {
            assertThat(stretch.counted()).isEqualTo(stretch.to() - 1);
            assertThat(stretch.to() - stretch.from()).isLessThanOrEqualTo(WINDOW);
        });
    }
}
