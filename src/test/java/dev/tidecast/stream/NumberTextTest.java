package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {
    /** The grammar of RFC 8259. */
    private static final String GRAMMAR = "-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)?";

    @ParameterizedTest
    @CsvSource({"3, 3", "3.5, 3.5", "-2e3, -2000", "0, 0", "-0, -0.0", "1E+2, 100", "0.10, .1", "1e999, Infinity"})
    void aTextIsANumberIfItIsOneOfJson(String text, double number) {
        assertThat(NumberText.of(text)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " 3",
                "3 ",
                "+3",
                "03",
                "3.",
                ".5",
                "-",
                "e3",
                "3e",
                "3e+",
                "0x10",
                "1f",
                "1d",
                "NaN",
                "Infinity",
                "1,5",
                "1 000",
                "1_000",
                "٣",
                "3%",
                "--1",
                "1e1.5"
            })
    void anyOtherTextIsNone(String text) {
        assertThat(NumberText.of(text)).isNaN();
    }

    @Test
    void aTextLongerThanAnyNumberIsNone() {
        assertThat(NumberText.of("7".repeat(400))).isInfinite();
        assertThat(NumberText.of("7".repeat(401))).isNaN();
    }

    @Test
    void anyTextIsJudgedByTheGrammar() {
        SplittableRandom random = new SplittableRandom(9);
        String letters = "0123456789.-+eE x";
        int numbers = 0;
        for (int i = 0; i < 300_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(7); n > 0; n--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            boolean number = text.toString().matches(GRAMMAR);
            numbers += number ? 1 : 0;
            double expected = number ? Double.parseDouble(text.toString()) : Double.NaN;
            assertThat((Double) NumberText.of(text.toString()))
                    .as(text.toString())
                    .isEqualTo((Double) expected);
        }
        assertThat(numbers).isGreaterThan(10_000);
    }
}
