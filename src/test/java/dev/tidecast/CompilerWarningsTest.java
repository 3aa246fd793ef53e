package dev.tidecast;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * Main and test code compile without a warning of {@code -Xlint:all}. The option {@code -Werror} would not do: it fails for
 * the two warnings that cannot be avoided or switched off on JDK 17, and they are named here.
 */
class CompilerWarningsTest {
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
    // Surefire hides the class path in a manifest and names it here.
    private static final List<String> OPTIONS = List.of(
            "--release",
            "17",
            "-proc:none",
            "-Xlint:all",
            "-Xmaxwarns",
            "1000",
            "--add-modules",
            "jdk.incubator.vector",
            "-classpath",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));

    @Test
    void mainAndTestCodeCompileWithoutWarnings() throws IOException {
        try (StandardJavaFileManager files = COMPILER.getStandardFileManager(null, null, null);
                Stream<Path> main = Files.walk(Path.of("src/main/java"));
                Stream<Path> test = Files.walk(Path.of("src/test/java"))) {
            List<Path> sources = Stream.concat(main, test)
                    .filter(path -> path.toString().endsWith(".java"))
                    .toList();
            assertThat(warnings(files, files.getJavaFileObjectsFromPaths(sources)))
                    .isEmpty();
        }
    }

    @Test
    void aWarningIsFound() throws IOException {
        String source = "class Some { int of(long index) { return (int) Math.floorMod(index, 7); } }";
        URI name = URI.create("string:///Some.java");
        JavaFileObject file = new SimpleJavaFileObject(name, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        try (StandardJavaFileManager files = COMPILER.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            assertThat(warnings(files, List.of(file)))
                    .singleElement()
                    .asString()
                    .contains("redundant cast to int");
        }
    }

    private static List<String> warnings(StandardJavaFileManager files, Iterable<? extends JavaFileObject> sources)
            throws IOException {
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        JavacTask task = (JavacTask) COMPILER.getTask(null, files, found, OPTIONS, null, sources);
        task.analyze();
        return found.getDiagnostics().stream()
                .filter(diagnostic -> !isUnavoidable(diagnostic))
                .map(Diagnostic::toString)
                .toList();
    }

    private static boolean isUnavoidable(Diagnostic<?> diagnostic) {
        return switch (diagnostic.getCode()) {
            // The Vector API is an incubating module in every JDK so far.
            case "compiler.warn.incubating.modules" -> true;
            // Java has no other way to receive a signal than sun.misc.Signal.
            case "compiler.warn.sun.proprietary" ->
                diagnostic.getMessage(Locale.ROOT).contains("Signal");
            default -> false;
        };
    }
}
