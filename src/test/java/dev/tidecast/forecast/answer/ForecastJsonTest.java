package dev.tidecast.forecast.answer;

import static dev.tidecast.forecast.fold.Shop.DAY;
import static dev.tidecast.forecast.fold.Shop.NEW_YEAR;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tidecast.forecast.fold.Shop;
import dev.tidecast.forecast.spec.Emit;
import dev.tidecast.forecast.spec.TargetKind;
import dev.tidecast.series.Source;
import dev.tidecast.text.JsonBytes;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ForecastJsonTest {

    private static String number(double value) {
        return new String(new JsonBytes().number(value).toBytes(), StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "9.6, 9.6",
        "4, 4",
        "-4, -4",
        "0.1, 0.1",
        "0.04123456, 0.0412346",
        "1234.5678, 1234.57",
        "1234567.8, 1234568",
        "123456.7, 123457",
        "99999.97, 100000",
        "999999.7, 1000000",
        "0.9999999, 1",
        "0.00000123456789, 0.00000123457",
        "0.000000123456789, 1.23457e-7",
        "123456789012345, 123456789012345",
        "1e15, 1e15",
        "2.5e20, 2.5e20",
        "9.999999e-8, 1e-7",
        "-3.14159265, -3.14159",
        "NaN, null",
        "Infinity, null",
        "-Infinity, null"
    })
    void numbersHaveSixSignificantDigits(double value, String text) {
        assertThat(number(value)).isEqualTo(text);
    }

    @Test
    void aNumberIsTheOneBigDecimalRoundsTo() {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 100_000; i++) {
            double value = random.nextDouble(-10, 10) * Math.pow(10, random.nextInt(-6, 15));
            BigDecimal exact = new BigDecimal(value);
            int whole = exact.precision() - exact.scale();
            BigDecimal rounded =
                    whole > 6 ? exact.setScale(0, RoundingMode.HALF_EVEN) : exact.round(new MathContext(6));
            BigDecimal unit = BigDecimal.ONE.movePointLeft(Math.max(0, 6 - whole));
            BigDecimal written = new BigDecimal(number(value));
            assertThat(written.subtract(rounded).abs())
                    .as("%s written as %s", exact, written)
                    .isLessThanOrEqualTo(onTheEdge(exact, unit) ? unit : BigDecimal.ZERO);
        }
    }

    /** Within a billionth of a unit of the middle between two decimals, either is right. */
    private static boolean onTheEdge(BigDecimal exact, BigDecimal unit) {
        BigDecimal rest =
                exact.abs().remainder(unit).subtract(unit.movePointLeft(1).multiply(BigDecimal.valueOf(5)));
        return rest.abs().compareTo(unit.movePointLeft(9)) < 0;
    }

    @Test
    void anInstantIsWrittenAsJavaWritesIt() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 100_000; i++) {
            long millis = random.nextLong(-62_000_000_000_000L, 250_000_000_000_000L);
            long time = i % 2 == 0 ? millis : Math.floorDiv(millis, 1000) * 1000;
            String written = new String(new JsonBytes().instant(time).toBytes(), StandardCharsets.US_ASCII);
            assertThat(written).isEqualTo('"' + Instant.ofEpochMilli(time).toString() + '"');
        }
    }

    @Test
    void anyTextSurvivesItsEscapes() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder("\"\\\n\u0001\u007f");
            for (int left = random.nextInt(20); left > 0; left--) {
                int point = random.nextInt(4) == 0 ? random.nextInt(0x20, 0x110000) : random.nextInt(0x3000);
                text.appendCodePoint(point >= 0xD800 && point < 0xE000 ? 'x' : point);
            }
            byte[] json = new JsonBytes().text(text.toString()).toBytes();
            try (JsonParser parser = new JsonFactory().createParser(json)) {
                assertThat(parser.nextToken()).isEqualTo(JsonToken.VALUE_STRING);
                assertThat(parser.getText()).isEqualTo(text.toString());
            }
        }
    }

    @Test
    void aLoneSurrogateBecomesTheReplacementCharacter() {
        byte[] json = new JsonBytes().text("a\uD800b\uDC00").toBytes();
        assertThat(new String(json, StandardCharsets.UTF_8)).isEqualTo("\"a\uFFFDb\uFFFD\"");
    }

    @ParameterizedTest
    @CsvSource({".1, p10", ".5, p50", ".05, p05", ".975, p975", ".01, p01", ".999, p999", ".0005, p0005"})
    void quantilesAreNamedByTheirDecimals(double level, String name) {
        assertThat(QuantileNames.name(level)).isEqualTo(name);
    }

    @Test
    void aForecastIsWrittenAsItIsDocumented() {
        Forecast forecast = new Forecast(
                new Forecast.Subject("store=12/sku=\"A\"", "demand", "P1D", NEW_YEAR),
                new Forecast.Cause(Trigger.EVENT, new Source("t", 3, 120_934, NEW_YEAR + 117), true, false),
                new Forecast.Basis(
                        "experts",
                        new Mix(
                                List.of("persistence", "seasonal_naive", "smoothing", "network"),
                                new double[] {.1, .5, .4, 0}),
                        new Quality(Quality.Readiness.READY, 412, .03)),
                new Forecast.Numbers(
                        true,
                        Shop.SHOWN,
                        new long[] {NEW_YEAR, NEW_YEAR + DAY},
                        new float[] {4.2f, 9.4f, 15.6f, 0, .4f, .6f},
                        new double[] {9.6, .333333333},
                        null),
                null);
        assertThat(Shop.json(forecast))
                .isEqualTo("{\"key\":\"store=12/sku=\\\"A\\\"\",\"pipeline\":\"demand\","
                        + "\"issued_at\":\"2026-01-01T00:00:00.117Z\",\"origin\":\"2026-01-01T00:00:00Z\","
                        + "\"partial\":true,\"trigger\":\"event\",\"step\":\"P1D\",\"horizon\":2,"
                        + "\"model_version\":\"experts\","
                        + "\"mix\":{\"persistence\":0.1,\"seasonal_naive\":0.5,\"smoothing\":0.4},"
                        + "\"source\":{\"topic\":\"t\",\"partition\":3,\"offset\":120934},"
                        + "\"quality\":{\"state\":\"ready\",\"observed\":412,\"missing_ratio\":0.03},\"steps\":["
                        + "{\"h\":1,\"ts\":\"2026-01-01T00:00:00Z\",\"p10\":4,\"p50\":9,\"p90\":16,\"mean\":9.6},"
                        + "{\"h\":2,\"ts\":\"2026-01-02T00:00:00Z\",\"p10\":0,\"p50\":0,\"p90\":1,"
                        + "\"mean\":0.333333}]}");
    }

    @Test
    void aScoreIsWrittenAsItIsDocumented() {
        Score.Matured matured = new Score.Matured(
                new Score.Issued(1, NEW_YEAR, "experts", Shop.SHOWN, new double[] {4, 9, 16}),
                new Score.Errors(2, .733333333, true),
                new Score.Baselines(3, 1.5));
        Score score = new Score(
                new Score.Subject("a", "demand", "P1D", NEW_YEAR),
                11,
                new Source("t", 3, 7, NEW_YEAR + DAY),
                List.of(matured));
        assertThat(Shop.json(score))
                .isEqualTo("{\"key\":\"a\",\"pipeline\":\"demand\",\"ts\":\"2026-01-01T00:00:00Z\",\"actual\":11,"
                        + "\"step\":\"P1D\",\"issued_at\":\"2026-01-02T00:00:00Z\","
                        + "\"source\":{\"topic\":\"t\",\"partition\":3,\"offset\":7},\"scores\":["
                        + "{\"h\":1,\"origin\":\"2026-01-01T00:00:00Z\",\"p10\":4,\"p50\":9,\"p90\":16,"
                        + "\"abs_err\":2,\"pinball\":0.733333,\"covered\":true,\"model_version\":\"experts\","
                        + "\"baseline_abs_err\":{\"persistence\":3,\"seasonal_naive\":1.5}}]}");
    }

    @Test
    void whatAThreadWroteBeforeLeavesNoTrace() {
        Shop few = new Shop(Shop.days(TargetKind.COUNT, 2, 0, Emit.EVENT)).see("a", NEW_YEAR, 1);
        String alone = Shop.json(few.last());
        Shop many = new Shop(Shop.days(TargetKind.REAL, 300, 0, Emit.EVENT)).see("longer", NEW_YEAR, -1e9);
        assertThat(Shop.json(many.last())).hasSizeGreaterThan(20_000);
        assertThat(Shop.json(few.last())).isEqualTo(alone);
    }

    @ParameterizedTest
    @EnumSource(TargetKind.class)
    void noValueMakesANumberThatIsNone(TargetKind kind) {
        double[] hard = {1e30, 1e-30, 1, 1e29, 1e-9, 3, 1e30, 1e30, 7};
        Shop shop = new Shop(Shop.days(kind, 9, 0, Emit.EVENT));
        for (int day = 0; day < 300; day++) {
            double value = hard[day % hard.length] * (kind == TargetKind.REAL && day % 2 == 0 ? -1 : 1);
            shop.see("a", NEW_YEAR + day * DAY, value);
        }
        assertThat(shop.words)
                .allSatisfy(word -> assertThat(word)
                        .doesNotContain("NaN")
                        .doesNotContain("null")
                        .doesNotContain("Infinity"));
    }
}
