package dev.tidecast.forecast.model;

import dev.tidecast.forecast.spec.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a model is for. Its text stands in a model's file ({@link ModelBytes}): a line per thing, its word first. Two texts that
 * differ are told apart in the words of a pipeline file, with what can be done.
 *
 * @param net the network of the pipeline, null where the experts forecast alone
 * @param priorSize how many numbers a prior has
 */
public record ModelShape(Settings settings, @Nullable ForecastNet net, int priorSize) {
    private static final String NETWORK = "network ";
    private static final String NONE = NETWORK + "none";
    /** {@code NetSpec.shape}: cell, widths and options in one; lags, project, window, calendar; what surrounds the cell. */
    private static final Pattern NET =
            Pattern.compile(NETWORK + "(.+?)(\\[.*])?(\\{.*})? (\\d+) (\\d+) (\\d+) (true|false)"
                    + "( Form\\[.*])?(?: members (\\d+))?( rebuilt)?");

    private static final List<String> WORDS =
            List.of("cell", "units", "options", "lags", "project", "window", "calendar", "form", "members", "state");
    /** Those that are one field of {@code model}. */
    private static final List<String> FIELDS =
            List.of("cell", "units", "lags", "project", "window", "calendar", "members");

    String text() {
        StringBuilder shape = new StringBuilder()
                .append("target ")
                .append(settings.kind().name().toLowerCase(Locale.ROOT))
                .append("\nhorizon ")
                .append(settings.horizon())
                .append("\nseasons ")
                .append(Arrays.toString(settings.seasons()))
                .append('\n')
                .append(settings.net() == null ? NONE : NETWORK + settings.net().shape());
        if (settings.known() != null) {
            shape.append("\nknown in advance ").append(settings.known().text());
        }
        if (settings.kinship().tellsApart()) {
            shape.append("\nattributes ").append(settings.kinship().text());
        }
        return shape.toString();
    }

    /** Refuses a model that is for something else, by the first thing that differs. */
    static void same(String found, String expected) {
        String[] others = found.split("\n", -1);
        String[] ours = expected.split("\n", -1);
        for (int i = 0; i < Math.max(ours.length, others.length); i++) {
            String other = i < others.length ? others[i] : "nothing more";
            String own = i < ours.length ? ours[i] : "nothing more";
            if (!other.equals(own)) {
                throw new ModelException(difference(other, own));
            }
        }
    }

    private static String difference(String other, String own) {
        if (other.equals(NONE) || own.equals(NONE)) {
            boolean bare = own.equals(NONE);
            return "the model " + (bare ? "has a network" : "is of experts alone") + ", the pipeline "
                    + (bare ? "names none: add the model's line  model: {cell: ...}" : "names a network: train one")
                    + ", or name another model file";
        }
        List<String> others = parts(other);
        List<String> ours = parts(own);
        for (int i = 0; i < others.size() && others.size() == ours.size(); i++) {
            if (!others.get(i).equals(ours.get(i))) {
                return told(others.get(i), ours.get(i), set(WORDS.get(i), others.get(i)));
            }
        }
        String word = other.substring(0, other.indexOf(' '));
        return told(other, own, setting(word, other));
    }

    private static String told(String other, String own, String set) {
        return "the model is for " + other + ", the pipeline has " + own
                + ": train it anew (tidecast train), name another model file" + set;
    }

    private static String setting(String word, String line) {
        String value = line.substring(line.indexOf(' ') + 1);
        return switch (word) {
            case "target" -> ", or set target: {kind: " + value + "} in the pipeline";
            case "horizon" -> ", or set horizon: " + value + " in the pipeline";
            case "seasons" -> ", or set season: " + value + " in the pipeline";
            default -> "";
        };
    }

    private static String set(String word, String part) {
        return FIELDS.contains(word)
                ? ", or set model: {" + word + ": " + part.substring(word.length() + 1) + "} in the pipeline"
                : "";
    }

    /** A network's line in the words of a pipeline file; empty for any other line. */
    private static List<String> parts(String line) {
        Matcher net = NET.matcher(line);
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < WORDS.size() && net.matches(); i++) {
            String value = net.group(i + 1);
            String usual = WORDS.get(i).equals("members") ? "1" : "as usual";
            parts.add(WORDS.get(i) + " " + (value == null ? usual : value.strip()));
        }
        return parts;
    }
}
