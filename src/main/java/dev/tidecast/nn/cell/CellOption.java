package dev.tidecast.nn.cell;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One option of a cell as a pipeline file writes it.
 *
 * @param usual what it is when left out, as a file would say it
 * @param range what it may be, for people
 */
public record CellOption(String name, Object usual, String range, Kind kind, List<String> words) {
    /** What an option may hold. */
    public enum Kind {
        INTEGER,
        INTEGERS,
        NUMBER,
        FLAG,
        WORD
    }

    static CellOption integer(String name, int usual, int least, int most) {
        return new CellOption(name, usual, least + " to " + most, Kind.INTEGER, List.of("" + least, "" + most));
    }

    static CellOption integers(String name, List<Integer> usual, int least, int most) {
        String range = "one or several of " + least + " to " + most;
        return new CellOption(name, usual, range, Kind.INTEGERS, List.of("" + least, "" + most));
    }

    static CellOption number(String name, double usual, double least, double most) {
        return new CellOption(name, usual, least + " to " + most, Kind.NUMBER, List.of("" + least, "" + most));
    }

    static CellOption flag(String name) {
        return new CellOption(name, false, "true or false", Kind.FLAG, List.of());
    }

    static CellOption word(String name, String usual, List<String> words) {
        return new CellOption(name, usual, String.join(", ", words), Kind.WORD, words);
    }

    static CellOption word(String name, Enum<?> usual, Enum<?>[] values) {
        return word(
                name, lower(usual), Arrays.stream(values).map(CellOption::lower).toList());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** The value in the form the catalogue works with. */
    Object accept(String cell, Object found) {
        Object value = read(found);
        if (value == null) {
            throw new IllegalArgumentException(
                    "option " + name + " of cell " + cell + ": found " + found + ", right is " + range);
        }
        return value;
    }

    private @Nullable Object read(Object found) {
        return switch (kind) {
            case FLAG -> found instanceof Boolean ? found : null;
            case WORD -> words.contains(found) ? found : null;
            case INTEGER -> integer(found) ? Integer.valueOf(((Number) found).intValue()) : null;
            case INTEGERS -> integers(found);
            case NUMBER -> found instanceof Number n && within(n.doubleValue()) ? n.doubleValue() : null;
        };
    }

    private @Nullable Object integers(Object found) {
        List<?> list = found instanceof List<?> several ? several : List.of(found);
        return list.isEmpty() || !list.stream().allMatch(this::integer)
                ? null
                : list.stream().map(n -> ((Number) n).intValue()).toList();
    }

    private boolean integer(Object found) {
        return (found instanceof Integer || found instanceof Long) && within(((Number) found).doubleValue());
    }

    private boolean within(double value) {
        return value >= Double.parseDouble(words.get(0)) && value <= Double.parseDouble(words.get(1));
    }
}
