package dev.tidecast.nn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Committed bytes. {@code -Dgolden=write} writes them anew; the difference is for a reviewer to see. */
final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/golden");

    private Golden() {}

    static byte[] bytes(String name, byte[] now) throws IOException {
        Path file = FOLDER.resolve(name);
        if ("write".equals(System.getProperty("golden"))) {
            Files.write(file, now);
        }
        return Files.readAllBytes(file);
    }
}
