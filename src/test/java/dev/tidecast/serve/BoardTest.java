package dev.tidecast.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidecast.pipeline.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class BoardTest {
    private final Board board = new Board(Records.pipeline("demand"));

    @Test
    void countsAnswersToEventsApartFromCloses() {
        board.read(Kind.FORECASTS, Records.forecast("a", 1, "event"));
        board.read(Kind.FORECASTS, Records.forecast("a", 2, "event"));
        board.read(Kind.FORECASTS, Records.forecast("b", 2, "close"));
        assertThat(board.forecasts()).isEqualTo(3);
        assertThat(board.answers()).isEqualTo(2);
        assertThat(board.size()).isEqualTo(2);
    }

    @Test
    void sumsScoresAgainstTheActualValuesAndAgainstTheNaive() {
        board.read(Kind.ACCURACY, Records.accuracy("a", "2026-01-01T00:00:00Z", 10, 8));
        board.read(Kind.ACCURACY, Records.accuracy("b", "2026-01-01T00:00:00Z", 30, 24));
        Tally tally = board.allScores();
        assertThat(tally.scores()).isEqualTo(2);
        assertThat(tally.wape()).isCloseTo(0.2, within(1e-12));
        assertThat(tally.againstNaive()).isCloseTo(1.0, within(1e-12));
        assertThat(tally.coverage()).isEqualTo(1.0);
    }

    @Test
    void theLongestSilentSeriesMakesRoom() {
        Board small = new Board(Records.pipeline("demand"), 100);
        for (int i = 0; i < 150; i++) {
            small.read(Kind.FORECASTS, Records.forecast("k" + i, i, "event"));
            small.read(Kind.FORECASTS, Records.forecast("k0", i, "event"));
        }
        assertThat(small.kept()).isEqualTo(100);
        assertThat(small.view("k0")).isNotNull();
        assertThat(small.view("k50")).isNull();
        assertThat(small.view("k51")).isNotNull();
        assertThat(small.view("k149")).isNotNull();
    }

    @Test
    void askingForASeriesDoesNotKeepIt() {
        Board small = new Board(Records.pipeline("demand"), 100);
        for (int i = 0; i < 150; i++) {
            small.read(Kind.FORECASTS, Records.forecast("k" + i, i, "event"));
            assertThat(small.view("k0") != null).isEqualTo(i < 100);
            assertThat(small.latest("k0") != null).isEqualTo(i < 100);
        }
    }

    @Test
    void everySeriesIsCountedAndFoundThoughItIsNotKept() {
        Board small = new Board(Records.pipeline("demand"), 10);
        for (int i = 0; i < 150; i++) {
            small.read(Kind.FORECASTS, Records.forecast("k" + i, i, "event"));
        }
        assertThat(small.size()).isEqualTo(150);
        assertThat(small.index().find("k14", null, 20).total()).isEqualTo(11);
        assertThat(small.place("k0")).isNotNull();
        assertThat(small.place("k150")).isNull();
    }

    @Test
    void thePastOfASeriesIsBounded() {
        for (int i = 0; i < 1000; i++) {
            board.read(Kind.ACCURACY, Records.accuracy("a", "t" + i, i, 3));
        }
        SeriesView view = board.view("a");
        assertThat(view).isNotNull();
        assertThat(view.past(10_000)).hasSize(400);
        assertThat(view.past(2)).extracting(SeriesView.Point::ts).containsExactly("t998", "t999");
    }

    @Test
    void aTombstoneForgetsASeries() {
        board.read(Kind.FORECASTS, Records.forecast("a", 1, "event"));
        board.read(Kind.FORECASTS, new ConsumerRecord<>("demand.forecasts", 0, 1, Records.bytes("a"), null));
        assertThat(board.view("a")).isNull();
        assertThat(board.place("a")).isNull();
        assertThat(board.size()).isZero();
    }

    @Test
    void whatIsNoRecordOfOursIsCountedAndNeverThrows() {
        Random random = new Random(5);
        byte[][] whole = {
            Records.forecast("a", 1, "event").value(),
            Records.accuracy("a", "2026-01-01T00:00:00Z", 10, 8).value()
        };
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = whole[i % 2].clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Kind kind = i % 2 == 0 ? Kind.FORECASTS : Kind.ACCURACY;
            board.read(kind, new ConsumerRecord<>("t", 0, i, "k".getBytes(StandardCharsets.UTF_8), bytes));
        }
        assertThat(board.unreadable()).isBetween(2_000L, 20_000L);
        board.read(Kind.FORECASTS, new ConsumerRecord<>("t", 0, 0, null, whole[0]));
        assertThat(board.view("k")).isNotNull();
    }
}
