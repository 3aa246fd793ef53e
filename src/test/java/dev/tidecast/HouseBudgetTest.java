package dev.tidecast;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * The budgets of the house: what keeps a room small enough to be read in one sitting. Raise a figure only together with
 * an entry in RATIONALE.md.
 */
class HouseBudgetTest {
    private static final int FILE_LINES = 300;
    private static final int METHOD_LINES = 60;
    private static final int METHOD_LINES_P99 = 40;
    private static final int PARAMETERS = 6;
    private static final Pattern FORBIDDEN_NAMES =
            Pattern.compile(".*(Helper|Utils?|Manager|Impl|Inference|Prediction|Entity|Job)s?$");

    private record Method(String place, int lines) {}

    @Test
    void noFileIsTooLongToReadInOneSitting() throws IOException {
        List<String> long_ = new ArrayList<>();
        for (Path file : sources("src/main/java")) {
            long lines = Files.readString(file).lines().count();
            if (lines > FILE_LINES) {
                long_.add(file + ": " + lines + " lines");
            }
        }
        assertThat(long_).isEmpty();
    }

    @Test
    void methodsStaySmall() throws IOException {
        List<Method> methods = methods();
        List<Method> over =
                methods.stream().filter(m -> m.lines > METHOD_LINES_P99).toList();
        assertThat(methods.stream().filter(m -> m.lines > METHOD_LINES)).isEmpty();
        assertThat(over.size())
                .as("methods over %d lines, of %d: %s", METHOD_LINES_P99, methods.size(), over)
                .isLessThanOrEqualTo(Math.max(1, methods.size() / 100));
    }

    /** Of constructors and records. The kernel's take arrays with their offsets, and are excepted. */
    @Test
    void nobodyHasToCountArguments() throws IOException {
        List<String> crowded = new ArrayList<>();
        for (CompilationUnitTree unit : parse().parse()) {
            if (!unit.getPackageName().toString().equals("dev.tidecast.kernel")) {
                new TreeScanner<Void, Void>() {
                    @Override
                    public Void visitMethod(MethodTree method, Void unused) {
                        boolean constructs = method.getName().contentEquals("<init>");
                        if (constructs && method.getParameters().size() > PARAMETERS) {
                            crowded.add(place(unit, method) + ": "
                                    + method.getParameters().size());
                        }
                        return super.visitMethod(method, unused);
                    }

                    @Override
                    public Void visitClass(ClassTree type, Void unused) {
                        long parts = type.getKind() == Tree.Kind.RECORD ? components(type) : 0;
                        if (parts > PARAMETERS) {
                            crowded.add(type.getSimpleName() + ": " + parts);
                        }
                        return super.visitClass(type, unused);
                    }
                }.scan(unit, null);
            }
        }
        assertThat(crowded).isEmpty();
    }

    /** The fields of a record are its components; others are static. */
    private static long components(ClassTree type) {
        return type.getMembers().stream()
                .filter(member -> member instanceof VariableTree field
                        && !field.getModifiers().getFlags().contains(Modifier.STATIC))
                .count();
    }

    @Test
    void typesAreNamedAfterThings() throws IOException {
        List<String> names = new ArrayList<>();
        scan(new TreeScanner<Void, Void>() {
            @Override
            public Void visitClass(ClassTree type, Void unused) {
                names.add(type.getSimpleName().toString());
                return super.visitClass(type, unused);
            }
        });
        assertThat(names).noneMatch(name -> FORBIDDEN_NAMES.matcher(name).matches());
    }

    @Test
    void testsNeitherSleepNorPrintNorSkip() throws IOException {
        Pattern refused = Pattern.compile(
                "\\.sleep\\(|parkNanos|CountDownLatch\\(\\d+\\)\\.await|never\\.await\\(\\d|System\\.(out|err)\\.print|@Disabled|new Random\\(\\)|jqwik");
        List<String> found = new ArrayList<>();
        for (Path file : sources("src/test/java")) {
            if (!file.endsWith("HouseBudgetTest.java")
                    && !file.endsWith("Patience.java")
                    && refused.matcher(Files.readString(file)).find()) {
                found.add(file.toString());
            }
        }
        assertThat(found).isEmpty();
    }

    private static List<Method> methods() throws IOException {
        List<Method> methods = new ArrayList<>();
        JavacTask task = parse();
        SourcePositions positions = Trees.instance(task).getSourcePositions();
        for (CompilationUnitTree unit : task.parse()) {
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitMethod(MethodTree method, Void unused) {
                    if (method.getBody() != null) {
                        methods.add(new Method(place(unit, method), lines(unit, method, positions)));
                    }
                    return super.visitMethod(method, unused);
                }
            }.scan(unit, null);
        }
        return methods;
    }

    private static String place(CompilationUnitTree unit, MethodTree method) {
        return Path.of(unit.getSourceFile().getName()).getFileName() + "#" + method.getName();
    }

    private static int lines(CompilationUnitTree unit, MethodTree method, SourcePositions positions) {
        long start = positions.getStartPosition(unit, method.getBody());
        long end = positions.getEndPosition(unit, method.getBody());
        return (int) (unit.getLineMap().getLineNumber(end) - unit.getLineMap().getLineNumber(start) + 1);
    }

    private static void scan(TreeScanner<Void, Void> scanner) throws IOException {
        for (CompilationUnitTree unit : parse().parse()) {
            scanner.scan(unit, null);
        }
    }

    private static JavacTask parse() {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        var files = compiler.getStandardFileManager(null, null, null);
        return (JavacTask) compiler.getTask(
                null,
                files,
                null,
                List.of("-proc:none"),
                null,
                files.getJavaFileObjectsFromPaths(sources("src/main/java")));
    }

    private static List<Path> sources(String root) {
        try (Stream<Path> walk = Files.walk(Path.of(root))) {
            return walk.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
