package dev.tidecast.pipeline;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code late}: the grace of a bucket, and what becomes of what comes after it. */
final class LateReader {
    /** Every event writes the open buckets of its key, and steps a forecast over them: they have to be few. */
    private static final int LONGEST_GRACE = 48;

    private final Section top;

    LateReader(Section top) {
        this.top = top;
    }

    Late late(BucketReader.Cut cut) {
        Section section = top.section("late", "grace: PT6H, after: dlq");
        if (section == null) {
            return new Late(Duration.ZERO, Late.After.DLQ);
        }
        Duration grace = section.optional("grace", Times.duration(Duration.ZERO, Duration.ofDays(365)), Duration.ZERO);
        Late.After after = section.optional("after", afterForm(), Late.After.DLQ);
        if (grace.compareTo(cut.size().multipliedBy(LONGEST_GRACE)) > 0) {
            section.wrong(
                    "grace",
                    cut.size().isZero()
                            ? "has no meaning with bucket: none, where every event closes at once"
                            : "must be at most " + LONGEST_GRACE + " buckets long");
        }
        section.close();
        return new Late(grace, after);
    }

    private static Form<Late.After> afterForm() {
        Map<String, Late.After> words = new LinkedHashMap<>();
        words.put("dlq", Late.After.DLQ);
        words.put("drop", Late.After.DROP);
        Form<Late.After> form = Form.word(words);
        String must = form.must() + " (correct is not built yet)";
        return new Form<>(must, form.read(), LateReader::meant);
    }

    private static @Nullable String meant(String text) {
        return text.equals("correct")
                ? null
                : Form.word(Late.After.class).meant().apply(text);
    }
}
