package dev.tidecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a forecast is computed from must give the same bits on every JDK and CPU. The intrinsic functions of {@code Math}
 * differ between JDKs, and lanes are reduced in an order that depends on the CPU: the arithmetic packages use neither.
 */
class FloatingPointLawTest {
    private static final List<String> ARITHMETIC = List.of("kernel", "nn", "series", "forecast", "learn");
    private static final String VARYING =
            "(exp|expm1|log|log10|log1p|pow|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh" + "|cbrt|hypot)\\b";
    private static final Pattern REFUSED =
            Pattern.compile("(?<![A-Za-z])Math\\.(?:\\*|" + VARYING + ")" + "|(?<![A-Za-z])Math\\s*::\\s*" + VARYING
                    + "|reduceLanes|VectorOperators\\." + "(EXP|LOG|TANH|POW|SIN|COS)");

    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);

    @Test
    void theArithmeticPackagesUseNoFunctionThatVaries() throws IOException {
        List<String> found = new ArrayList<>();
        for (String room : ARITHMETIC) {
            for (Path file : sources(Path.of("src/main/java/dev/tidecast", room))) {
                Matcher refused = REFUSED.matcher(code(Files.readString(file)));
                while (refused.find()) {
                    found.add(file + ": " + refused.group());
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "y = Math.exp(x);",
                "import static java.lang.Math.*;",
                "import static java.lang.Math.log1p;",
                "map(Math::tanh)",
                "v.reduceLanes(VectorOperators.ADD)",
                "v.lanewise(VectorOperators.EXP)"
            })
    void aVaryingFunctionIsFound(String source) {
        assertThat(REFUSED.matcher(code(source)).find()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "StrictMath.exp(x)",
                "FloatMath.tanh(x)",
                "Math.fma(a, b, c)",
                "Math.sqrt(x)",
                "Math.floorMod(a, b)",
                "/** Unlike Math.exp. */ y",
                "y = x; // as Math.log"
            })
    void anExactFunctionIsNot(String source) {
        assertThat(REFUSED.matcher(code(source)).find()).isFalse();
    }

    /** What is said about a function in a comment is not a use of it. */
    private static String code(String source) {
        return COMMENT.matcher(source).replaceAll(" ");
    }

    private static List<Path> sources(Path room) throws IOException {
        if (!Files.isDirectory(room)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(room)) {
            return files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
        }
    }
}
