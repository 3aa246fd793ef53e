package dev.tidecast.pipeline;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which known word a misspelt one was probably meant to be. */
public final class Spelling {
    private Spelling() {}

    /** The nearest known word, or null if none is near; ties go to the first. */
    public static @Nullable String nearest(String word, Collection<String> known) {
        String plain = plain(word);
        String best = null;
        int distance = 1 + Math.max(1, plain.length() / 3);
        for (String candidate : known) {
            int here = distance(plain, plain(candidate));
            if (here < distance) {
                distance = here;
                best = candidate;
            }
        }
        return best;
    }

    /** {@code a, b or c}. */
    public static String anyOf(List<String> words) {
        if (words.size() < 2) {
            return String.join("", words);
        }
        return String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.get(words.size() - 1);
    }

    private static String plain(String word) {
        String start = word.length() > 64 ? word.substring(0, 64) : word;
        return start.toLowerCase(Locale.ROOT).replaceAll("[_\\s-]+", "");
    }

    /** Letters to add, drop, change or swap with their neighbour to get from one to the other. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(change, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (swapped(a, b, i, j)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }

    private static boolean swapped(String a, String b, int i, int j) {
        return i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    }
}
