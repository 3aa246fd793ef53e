package dev.tidecast.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidecast.pipeline.Kind;
import dev.tidecast.serve.Records;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An account that cannot be wrong proves nothing: every way to be wrong is tried. */
class LedgerTest {
    private final Ledger ledger = new Ledger("in");

    private void fill() {
        ledger.read(Kind.FORECASTS, Records.forecast("a", 0, "event"));
        ledger.read(Kind.FORECASTS, Records.forecast("a", 1, "event"));
        ledger.read(Kind.FORECASTS, Records.forecast("b", 1, "close"));
        ledger.read(Kind.DLQ, Records.letter("LATE", 2));
    }

    @Test
    void eachRecordAnsweredOnceAddsUp() {
        fill();
        assertThat(ledger.faults(Map.of(0, 3L), Map.of("LATE", 1L), 2)).isEmpty();
        assertThat(ledger.answers()).isEqualTo(2);
    }

    @Test
    void aRecordWithoutAnAnswerIsAFault() {
        fill();
        assertThat(ledger.unanswered(Map.of(0, 5L, 1, 1L))).isEqualTo(3);
        assertThat(ledger.faults(Map.of(0, 5L), Map.of("LATE", 1L), 2))
                .containsExactly("2 records of in have neither a forecast nor a dead letter");
    }

    @Test
    void aRecordAnsweredTwiceIsAFault() {
        fill();
        ledger.read(Kind.FORECASTS, Records.forecast("a", 1, "event"));
        assertThat(ledger.faults(Map.of(0, 3L), Map.of("LATE", 1L), 3)).hasSize(1);
    }

    @Test
    void aRecordAnsweredBothWaysIsAFault() {
        fill();
        ledger.read(Kind.FORECASTS, Records.forecast("a", 2, "event"));
        assertThat(ledger.faults(Map.of(0, 3L), Map.of("LATE", 1L), 3)).hasSize(1);
    }

    @Test
    void aKeyThatCouldNotBeClosedIsAFaultOfItsOwnAndAnswersNoRecord() {
        fill();
        ledger.read(Kind.DLQ, Records.letter("CLOSE_FAILED", 1));
        assertThat(ledger.unanswered(Map.of(0, 3L))).isZero();
        assertThat(ledger.faults(Map.of(0, 3L), Map.of("LATE", 1L), 2))
                .singleElement()
                .asString()
                .contains("CLOSE_FAILED");
    }

    @Test
    void anAnswerToNoRecordIsAFault() {
        fill();
        ledger.read(Kind.DLQ, Records.letter("LATE", -1));
        assertThat(ledger.faults(Map.of(0, 3L), Map.of("LATE", 2L), 2)).hasSize(1);
    }

    @Test
    void otherCountsThanTheSenderHasAreAFault() {
        fill();
        assertThat(ledger.faults(Map.of(0, 3L), Map.of("LATE", 1L), 3))
                .containsExactly("3 good records were sent to in, 2 are answered");
        assertThat(ledger.faults(Map.of(0, 3L), Map.of("NOT_JSON", 1L), 2)).hasSize(1);
    }
}
