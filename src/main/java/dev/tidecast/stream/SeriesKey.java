package dev.tidecast.stream;

import dev.tidecast.pipeline.JsonPath;
import dev.tidecast.pipeline.KeySpec;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text that names a series. {@code key: record}: the record's own key, which must be UTF-8. One pointer: the field
 * itself. Several: {@code store=12/sku=A-77}, each name the last segment of its pointer; {@code ~1} stands for a slash
 * and {@code ~0} for a tilde inside a name or a value, so that different fields never give the same key.
 */
final class SeriesKey {
    /** The longest key, in bytes of UTF-8. */
    static final int LONGEST = 1024;

    private final JsonFields fields;
    private final List<JsonPath> paths;
    private final int[] slots;

    SeriesKey(KeySpec spec, JsonFields fields) {
        this.fields = fields;
        this.paths = spec.paths();
        this.slots = paths.stream().mapToInt(fields::slot).toArray();
    }

    /** The key of the document the fields were just read from. */
    String of(byte @Nullable [] recordKey) throws BadEvent {
        if (slots.length == 0) {
            return ofRecord(recordKey);
        }
        String key = slots.length == 1 ? part(0) : composite();
        int size = utf8Size(key);
        if (size > LONGEST) {
            throw new BadEvent(Reason.TOO_LARGE, "key: " + size + " bytes, at most " + LONGEST);
        }
        return key;
    }

    private static String ofRecord(byte @Nullable [] key) throws BadEvent {
        if (key == null || key.length == 0) {
            throw new BadEvent(Reason.NULL_KEY, key == null ? "record key: none" : "record key: empty");
        }
        if (key.length > LONGEST) {
            throw new BadEvent(Reason.TOO_LARGE, "record key: " + key.length + " bytes, at most " + LONGEST);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(key))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadEvent(Reason.NULL_KEY, "record key: not UTF-8");
        }
    }

    private String composite() throws BadEvent {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < slots.length; i++) {
            if (i > 0) {
                key.append('/');
            }
            escaped(paths.get(i).last(), key);
            key.append('=');
            escaped(part(i), key);
        }
        return key.toString();
    }

    private String part(int i) throws BadEvent {
        String text = fields.text(slots[i]);
        if (text == null || text.isEmpty()) {
            throw new BadEvent(Reason.MISSING_FIELD, fields.found(slots[i], "a part of the key"));
        }
        if (utf8Size(text) < 0) {
            throw new BadEvent(
                    Reason.MISSING_FIELD, fields.found(slots[i], "a part of the key") + ", which has half a character");
        }
        return text;
    }

    private static void escaped(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '~') {
                out.append("~0");
            } else if (c == '/') {
                out.append("~1");
            } else {
                out.append(c);
            }
        }
    }

    /** Bytes in UTF-8, -1 if a surrogate has lost its other half. */
    private static int utf8Size(String text) {
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                size += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
                continue;
            }
            if (!Character.isHighSurrogate(c)
                    || i + 1 == text.length()
                    || !Character.isLowSurrogate(text.charAt(++i))) {
                return -1;
            }
            size += 4;
        }
        return size;
    }
}
