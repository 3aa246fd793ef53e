package dev.tidecast.serve;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The path and the parameters of a request, decoded; what cannot be decoded is an {@link IllegalArgumentException}. */
record Query(String path, Map<String, String> parameters) {

    static Query of(URI uri) {
        Map<String, String> parameters = new HashMap<>();
        String raw = uri.getRawQuery();
        if (raw != null) {
            for (String pair : raw.split("&", 32)) {
                int at = pair.indexOf('=');
                String name = at < 0 ? pair : pair.substring(0, at);
                parameters.put(decode(name), at < 0 ? "" : decode(pair.substring(at + 1)));
            }
        }
        String path = uri.getRawPath();
        return new Query(path == null ? "/" : decode(path.replace("+", "%2B")), parameters);
    }

    /** A whole number within bounds. */
    int number(String name, int otherwise, int least, int most) {
        String text = parameters.get(name);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException(
                    name + " must be a whole number from " + least + " to " + most + ", was \"" + text + "\"");
        }
        return Integer.parseInt(text);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
