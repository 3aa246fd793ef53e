package dev.tidecast.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Whether something can be written where a person wants it. A verb that works for long asks before it begins; the answer
 * no is a {@link Failure} with exit code 2.
 */
final class OutputPath {
    private OutputPath() {}

    /**
     * Checks that a file can be written there, and leaves everything as it was: what a file holds stays, and where there
     * was none there is none afterwards.
     *
     * @param option the option that names the file, for the message
     * @param file null if the option was not given: then there is nothing to check
     */
    static void checkFile(String option, @Nullable Path file) {
        if (file == null) {
            return;
        }
        Path folder = folderOf(file);
        if (Files.isDirectory(file)) {
            throw refused(option, file, "it is a folder", "name a file in it");
        }
        if (!Files.isDirectory(folder)) {
            String found = Files.exists(folder) ? folder + " is no folder" : "there is no folder " + folder;
            throw refused(option, file, found, "make it, or name a file elsewhere");
        }
        try {
            tryToWrite(file);
        } catch (IOException e) {
            throw refused(option, file, e.toString(), "make " + folder + " writable, or name a file elsewhere");
        }
    }

    /**
     * Makes the folder if it is not there, and checks that files can be written in it.
     *
     * @param option the option or field that names the folder, for the message
     */
    static void makeFolder(String option, Path folder) {
        try {
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw refused(option, folder, "it is no folder", "name a folder, it is made if it is missing");
            }
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "tidecast-", ".check"));
        } catch (IOException e) {
            throw refused(option, folder, e.toString(), "name a folder that can be made and written");
        }
    }

    private static void tryToWrite(Path file) throws IOException {
        if (Files.isRegularFile(file)) {
            Files.newByteChannel(file, StandardOpenOption.WRITE).close();
        } else if (!Files.exists(file)) {
            // Not the file itself: whoever watches the folder for it would see it come and go.
            Files.delete(Files.createTempFile(folderOf(file), "tidecast-", ".check"));
        }
        // Anything else is a pipe or a device, and opening it could already do something.
    }

    private static Path folderOf(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file.toAbsolutePath() : folder;
    }

    private static Failure refused(String option, Path where, String found, String cure) {
        return Failure.wrongUsage(option + ": cannot write " + where + ": " + found + ": " + cure, null);
    }
}
