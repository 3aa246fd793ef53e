package dev.tidecast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputPathTest {
    @TempDir
    Path folder;

    @Test
    void aFileThatCanBeWrittenIsNotMade() {
        OutputPath.checkFile("--out", folder.resolve("new.model"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileThatIsThereKeepsWhatItHoldsAndItsTime() throws IOException {
        Path file = Files.writeString(folder.resolve("old.model"), "weights");
        var before = Files.getLastModifiedTime(file);
        OutputPath.checkFile("--out", file);
        assertThat(file).hasContent("weights");
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void anOptionThatWasNotGivenIsNotChecked() {
        assertThatCode(() -> OutputPath.checkFile("--report", null)).doesNotThrowAnyException();
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        Path missing = folder.resolve("no/where");
        refused(missing.resolve("x.model"))
                .hasMessage("--out: cannot write " + missing.resolve("x.model") + ": there is no folder " + missing
                        + ": make it, or name a file elsewhere");
    }

    @Test
    void aFileInTheWayOfAFolderIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        refused(file.resolve("x.model")).hasMessageContaining(file + " is no folder");
    }

    @Test
    void aFolderIsNoFile() {
        refused(folder).hasMessageContaining("it is a folder: name a file in it");
    }

    @Test
    void aFolderWhereNothingCanBeMadeIsRefused() {
        // Nobody can make a file there, not even the administrator.
        refused(Path.of("/proc/x.model")).hasMessageContaining("make /proc writable, or name a file elsewhere");
    }

    @Test
    void aDeviceIsLeftAlone() {
        assertThatCode(() -> OutputPath.checkFile("--report", Path.of("/dev/null")))
                .doesNotThrowAnyException();
    }

    @Test
    void aFolderForStateIsMadeWithAllAboveItAndLeftEmpty() {
        Path state = folder.resolve("a/b/state");
        OutputPath.makeFolder("--state-dir", state);
        assertThat(state).isEmptyDirectory();
        OutputPath.makeFolder("--state-dir", state);
    }

    @Test
    void aFileIsNoFolderForState() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> OutputPath.makeFolder("--state-dir", file))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("--state-dir: cannot write " + file + ": it is no folder");
        assertThatThrownBy(() -> OutputPath.makeFolder("--state-dir", file.resolve("below")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("name a folder that can be made and written");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(Path file) {
        return assertThatThrownBy(() -> OutputPath.checkFile("--out", file))
                .isInstanceOf(Failure.class)
                .satisfies(e -> assertThat(((Failure) e).exitCode()).isEqualTo(2))
                .satisfies(
                        e -> assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1));
    }
}
