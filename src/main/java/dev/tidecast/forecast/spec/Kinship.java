package dev.tidecast.forecast.spec;

import java.util.List;

/**
 * Which keys are kin: those with the same attributes. An attribute is a part of the key, so that it is known of a key never
 * seen before and nothing more is stored: of {@code store=12/sku=A-77} the attribute {@code store} is {@code store=12}.
 * Names and values may hold {@code ~1} for a slash and {@code ~0} for a tilde.
 *
 * @param whole every key is a kin of its own
 * @param parts else the names of the parts of a composite key
 */
public record Kinship(boolean whole, List<String> parts) {
    /** All keys are alike. */
    public static final Kinship NONE = new Kinship(false, List.of());

    /** Few series, each of its own kind. */
    public static final Kinship EACH = new Kinship(true, List.of());

    public Kinship {
        parts = List.copyOf(parts);
    }

    /** Keys that agree in these parts. */
    public static Kinship of(List<String> parts) {
        return new Kinship(false, parts);
    }

    /** Whether keys differ at all. */
    public boolean tellsApart() {
        return whole || !parts.isEmpty();
    }

    /** What a key shares with its kin: empty where all keys are alike. */
    public String of(String key) {
        if (whole || parts.isEmpty()) {
            return whole ? key : "";
        }
        StringBuilder kin = new StringBuilder();
        for (int from = 0; from < key.length(); ) {
            int slash = key.indexOf('/', from);
            int to = slash < 0 ? key.length() : slash;
            int equals = key.indexOf('=', from);
            if (equals >= 0 && equals < to && parts.contains(plain(key.substring(from, equals)))) {
                kin.append(kin.isEmpty() ? "" : "/").append(key, from, to);
            }
            from = to + 1;
        }
        return kin.toString();
    }

    private static String plain(String escaped) {
        return escaped.replace("~1", "/").replace("~0", "~");
    }

    /** In words: what models are compared by. */
    public String text() {
        return whole ? "key" : parts.toString();
    }
}
