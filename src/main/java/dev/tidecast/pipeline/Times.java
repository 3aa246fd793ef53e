package dev.tidecast.pipeline;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.TemporalAmount;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The forms of time in a pipeline file: ISO-8601 durations, bucket sizes, zones. */
final class Times {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LONGEST_FIXED = Duration.ofDays(365);
    private static final double DAYS_OF_YEAR = 365.25;
    private static final Pattern COUNT_AND_UNIT = Pattern.compile("([0-9]{1,6})\\s*([a-z]+)");

    /** A fixed length from a second up, or whole days and weeks of the calendar (whole days are never fixed lengths). */
    static final Form<TemporalAmount> BUCKET_SIZE =
            new Form<>("must be an ISO-8601 duration >= PT1S", Times::bucketSize, Times::asBucketSize);

    static final Form<ZoneId> ZONE = new Form<>(
            "must be a time zone such as Europe/Prague or UTC",
            Times::zone,
            text -> Spelling.nearest(text, ZoneId.getAvailableZoneIds()));

    private Times() {}

    /** A length of time within bounds, days counted as 24 hours. */
    static Form<Duration> duration(Duration least, Duration most) {
        return new Form<>(
                "must be an ISO-8601 duration from " + written(least) + " to " + written(most),
                text -> {
                    Duration value = Duration.parse(upper(text));
                    return value.compareTo(least) < 0 || value.compareTo(most) > 0 ? null : value;
                },
                Times::asDuration);
    }

    private static @Nullable TemporalAmount bucketSize(String text) {
        if (text.matches("P[0-9]{1,4}[DW]")) {
            Period period = Period.parse(text);
            return period.isZero() ? null : period;
        }
        Duration size = Duration.parse(text);
        boolean fits = size.compareTo(SECOND) >= 0 && size.toMillisPart() == 0 && size.compareTo(LONGEST_FIXED) <= 0;
        return fits && !wholeDays(size) ? size : null;
    }

    private static boolean wholeDays(Duration size) {
        return size.toSeconds() % DAY.toSeconds() == 0;
    }

    private static @Nullable ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static String written(Duration length) {
        return !length.isZero() && wholeDays(length) ? "P" + length.toDays() + "D" : length.toString();
    }

    /** The whole weeks nearest to a number of months or years; null if the text is neither. */
    static @Nullable String nearestWeeks(String text) {
        String size = upper(text.strip()).replaceFirst("^MONTH(LY)?$", "P1M").replaceFirst("^YEAR(LY)?$", "P1Y");
        if (!size.matches("P[0-9]{1,2}[MY]")) {
            return null;
        }
        Period period = Period.parse(size);
        long months = Math.max(1, period.toTotalMonths());
        return "P" + Math.round(months * DAYS_OF_YEAR / 12 / 7) + "W";
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    private static @Nullable String asBucketSize(String text) {
        String guess = asDuration(text);
        String size = guess == null ? upper(text.strip()) : guess;
        if (size.matches("PT[0-9]{1,6}[HMS]") && wholeDays(Duration.parse(size))) {
            return written(Duration.parse(size));
        }
        return switch (size) {
            case "DAILY" -> "P1D";
            case "HOURLY" -> "PT1H";
            case "WEEKLY", "P7" -> "P1W";
            default -> guess;
        };
    }

    /** {@code 1h}, {@code 15 min} or {@code p1d} as a duration; null if it cannot be guessed. */
    private static @Nullable String asDuration(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        Matcher match = COUNT_AND_UNIT.matcher(plain);
        if (match.matches()) {
            String n = match.group(1);
            return switch (match.group(2)) {
                case "s", "sec", "secs", "second", "seconds" -> "PT" + n + "S";
                case "m", "min", "mins", "minute", "minutes" -> "PT" + n + "M";
                case "h", "hr", "hrs", "hour", "hours" -> "PT" + n + "H";
                case "d", "day", "days" -> "P" + n + "D";
                case "w", "week", "weeks" -> "P" + n + "W";
                default -> null;
            };
        }
        if (plain.matches("p[0-9]+[hms]")) {
            return "PT" + upper(plain.substring(1));
        }
        return switch (plain) {
            case "second" -> "PT1S";
            case "minute" -> "PT1M";
            case "hour" -> "PT1H";
            case "day" -> "P1D";
            case "week" -> "P1W";
            default -> upper(plain).equals(text) || !plain.matches("pt?[0-9].*") ? null : upper(plain);
        };
    }
}
