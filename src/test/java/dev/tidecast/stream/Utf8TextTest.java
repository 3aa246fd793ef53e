package dev.tidecast.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8TextTest {
    /** Bytes at the borders of what the standard allows. */
    private static final int[] BORDERS = {
        0x00, 0x22, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
        0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF
    };

    @ParameterizedTest
    @CsvSource({
        "6162, -1",
        "c3a9, -1",
        "e282ac, -1",
        "f09f9880, -1",
        "f48fbfbf, -1",
        "c0af, 0",
        "e080af, 0",
        "f08080af, 0",
        "eda080, 0",
        "f4908080, 0",
        "61e9, 1",
        "61626364656667e9, 7",
        "6162636465666768e9, 8",
        "c3, 0",
        "61e282, 1",
        "61f09f98, 1",
        "80, 0",
        "ff, 0"
    })
    void theFirstByteThatIsNoTextIsFound(String hex, int at) {
        assertThat(Utf8Text.firstWrong(HexFormat.of().parseHex(hex))).isEqualTo(at);
    }

    @Test
    void everyPairOfBordersIsJudgedAsTheStrictDecoderDoes() {
        for (int a : BORDERS) {
            for (int b : BORDERS) {
                for (int c : BORDERS) {
                    agrees(new byte[] {(byte) a, (byte) b, (byte) c, (byte) 0xBF});
                }
            }
        }
    }

    @Test
    void anyBytesAreJudgedAsTheStrictDecoderDoes() {
        SplittableRandom random = new SplittableRandom(5);
        int texts = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[random.nextInt(24)];
            for (int k = 0; k < bytes.length; k++) {
                boolean plain = random.nextInt(4) > 0;
                bytes[k] = (byte) (plain ? random.nextInt(128) : BORDERS[random.nextInt(BORDERS.length)]);
            }
            texts += agrees(bytes) ? 1 : 0;
        }
        assertThat(texts).isBetween(10_000, 190_000);
    }

    private static boolean agrees(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        int wrong = result.isError() ? in.position() : -1;
        assertThat(Utf8Text.firstWrong(bytes))
                .as(HexFormat.of().formatHex(bytes))
                .isEqualTo(wrong);
        return wrong < 0;
    }
}
