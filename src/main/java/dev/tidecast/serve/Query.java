package dev.tidecast.serve;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The path and the parameters of a request, decoded; what cannot be decoded is a {@link WrongQuestion}. */
record Query(String path, Map<String, String> parameters) {

    static Query of(URI uri) {
        Map<String, String> parameters = new HashMap<>();
        String raw = uri.getRawQuery();
        for (String pair : raw == null || raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
            int at = pair.indexOf('=');
            String name = decode(at < 0 ? pair : pair.substring(0, at));
            if (parameters.put(name, at < 0 ? "" : decode(pair.substring(at + 1))) != null) {
                throw new WrongQuestion("the parameter " + name + " is given twice: give it once");
            }
        }
        String path = uri.getRawPath();
        return new Query(path == null ? "/" : decode(path.replace("+", "%2B")), parameters);
    }

    /** Refuses every parameter that is not one of these. */
    Query only(String... known) {
        for (String name : parameters.keySet()) {
            if (!List.of(known).contains(name)) {
                String right = known.length == 0 ? "none" : String.join(", ", known);
                throw new WrongQuestion("there is no parameter \"" + name + "\" here; known here: " + right);
            }
        }
        return this;
    }

    /** The text of a parameter; null if it is not given. */
    @Nullable
    String text(String name) {
        return parameters.get(name);
    }

    /** A whole number within bounds. */
    int number(String name, int otherwise, int least, int most) {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw new WrongQuestion(
                    name + " must be a whole number from " + least + " to " + most + ", was \"" + text + "\"");
        }
        return Integer.parseInt(text);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new WrongQuestion("\"" + text + "\" cannot be decoded: write % as %25");
        }
    }
}
