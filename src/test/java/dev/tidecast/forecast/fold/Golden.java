package dev.tidecast.forecast.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A golden file: sections of text under lines "## name". With -Dgolden=write the tests write what they find and the
 * change is reviewed; a file of a released format is never written again.
 */
public final class Golden {
    public static final boolean WRITES = "write".equals(System.getProperty("golden"));
    private static final int HEX_LINE = 100;

    private final Path file;
    private final Map<String, String> sections = new LinkedHashMap<>();

    private Golden(Path file) {
        this.file = file;
    }

    public static Golden read(String name) {
        Golden golden = new Golden(Path.of("src/test/resources/golden", name));
        if (WRITES && !Files.exists(golden.file)) {
            return golden;
        }
        try {
            for (String section : ("\n" + Files.readString(golden.file)).split("\n## ")) {
                int end = section.indexOf('\n');
                if (end > 0) {
                    golden.sections.put(
                            section.substring(0, end),
                            section.substring(end + 1).strip());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return golden;
    }

    public String text(String section) {
        return sections.getOrDefault(section, "");
    }

    public byte[] bytes(String section) {
        return HexFormat.of().parseHex(text(section).replace("\n", ""));
    }

    public void write(String section, byte[] bytes) {
        sections.put(section, HexFormat.of().formatHex(bytes).replaceAll("(.{" + HEX_LINE + "})(?=.)", "$1\n"));
    }

    public void holds(String section, String text) {
        if (WRITES) {
            sections.put(section, text);
        }
        assertThat(text).as("%s of %s", section, file).isEqualTo(text(section));
    }

    public void save() {
        if (WRITES) {
            StringBuilder all = new StringBuilder();
            sections.forEach((name, text) ->
                    all.append("## ").append(name).append('\n').append(text).append('\n'));
            try {
                Files.writeString(file, all);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
