package dev.tidecast.pipeline;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a scalar must look like.
 *
 * @param must how to say it: "must be ..."
 * @param read its value; null or an {@link IllegalArgumentException} if it is none
 * @param meant what the writer probably meant, if that can be guessed
 */
record Form<T>(String must, Function<String, @Nullable T> read, Function<String, @Nullable String> meant) {

    private static final Function<String, @Nullable String> NO_GUESS = text -> null;

    /** A text that holds what is said of it. */
    static Form<String> text(String must, Predicate<String> holds) {
        return new Form<>(must, text -> holds.test(text) ? text : null, NO_GUESS);
    }

    static Form<Integer> whole(int least, int most) {
        String must = "must be a whole number from " + least + " to " + most;
        return new Form<>(
                must,
                text -> {
                    int value = Integer.parseInt(text);
                    return value < least || value > most ? null : value;
                },
                NO_GUESS);
    }

    static Form<Double> number(String must, Predicate<Double> holds) {
        return new Form<>(
                "must be " + must,
                text -> {
                    // Double.valueOf also takes 1f, 0x1p3 and NaN: none of them is a number of a pipeline file.
                    double value =
                            text.matches("[-+]?[0-9.]+([eE][-+]?[0-9]+)?") ? Double.parseDouble(text) : Double.NaN;
                    return Double.isFinite(value) && holds.test(value) ? value : null;
                },
                Form::asNumber);
    }

    /** One of a few words. */
    static <T> Form<T> word(Map<String, T> words) {
        List<String> known = List.copyOf(words.keySet());
        return new Form<>("must be " + Spelling.anyOf(known), words::get, text -> Spelling.nearest(text, known));
    }

    /** One of these words. */
    static Form<String> oneOf(List<String> words) {
        Map<String, String> known = new LinkedHashMap<>();
        words.forEach(word -> known.put(word, word));
        return word(known);
    }

    /** One of an enum's names in lower case. */
    static <E extends Enum<E>> Form<E> word(Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            words.put(constant.name().toLowerCase(Locale.ROOT), constant);
        }
        return word(words);
    }

    static final Form<String> PIPELINE_NAME = new Form<>(
            "must be lower-case words joined by \"-\" or \".\", at most 80 letters",
            text -> text.matches("[a-z0-9]+([.-][a-z0-9]+)*") && text.length() <= 80 ? text : null,
            Form::asName);

    static final Form<String> TOPIC = new Form<>(
            "must be a topic name: letters, digits, \".\", \"_\", \"-\", at most 249 of them",
            text -> text.matches("[a-zA-Z0-9._-]{1,249}") && !text.matches("\\.{1,2}") ? text : null,
            text -> text.strip().matches("[a-zA-Z0-9._-]+") ? text.strip() : null);

    static final Form<JsonPath> POINTER =
            new Form<>("must be a JSON pointer such as /store", JsonPath::of, Form::asPointer);

    private static @Nullable String asNumber(String text) {
        if (text.matches("[0-9]+(\\.[0-9]+)?\\s*%")) {
            String percent = text.substring(0, text.length() - 1).strip();
            return new BigDecimal(percent).movePointLeft(2).toPlainString();
        }
        return text.matches("[0-9]+,[0-9]+") ? text.replace(',', '.') : null;
    }

    private static @Nullable String asName(String text) {
        String name = text.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-");
        name = name.replaceAll("^[-.]+|[-.]+$", "");
        return name.matches("[a-z0-9]+([.-][a-z0-9]+)*") && name.length() <= 80 ? name : null;
    }

    private static @Nullable String asPointer(String text) {
        String path = text.strip().replaceFirst("^\\$?[./]*", "");
        return path.matches("[\\w-]+([./][\\w-]+)*") ? "/" + path.replace('.', '/') : null;
    }
}
