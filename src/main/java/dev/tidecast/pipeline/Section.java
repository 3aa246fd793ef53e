package dev.tidecast.pipeline;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A mapping of the file while it is read. Every question names a field; {@link #close} then reports the fields nobody
 * asked for. What is wrong goes to {@link Problems} and the answer is the default or null: reading goes on.
 */
final class Section {
    private static final Pattern SECRET = Pattern.compile("(?i)password|secret|token|jaas");

    private final String path;
    private final Tree.Fields fields;
    private final Problems problems;
    private final Substitution substitution;
    private final Set<String> asked = new LinkedHashSet<>();

    Section(String path, Tree.Fields fields, Problems problems, Substitution substitution) {
        this.path = path;
        this.fields = fields;
        this.problems = problems;
        this.substitution = substitution;
    }

    /** Whether a value of this name may be shown. */
    static boolean isSecret(String name) {
        return SECRET.matcher(name).find();
    }

    boolean has(String name) {
        asked.add(name);
        return fields.all().containsKey(name);
    }

    /** The line of a field, or of the section if it is not there. */
    int line(String name) {
        Tree.Field field = fields.all().get(name);
        return field == null ? fields.line() : field.line();
    }

    /** Reports something wrong about a field. */
    void wrong(String name, String what) {
        problems.add(line(name), path + name + " " + what);
    }

    /** Refuses a field that is meant for later, in words that say so. */
    void notBuilt(String name, String cure) {
        if (fields.all().containsKey(name)) {
            asked.add(name);
            wrong(name, "is not built yet: " + cure);
        }
    }

    Set<String> names() {
        return fields.all().keySet();
    }

    <T> @Nullable T required(String name, Form<T> form) {
        if (!has(name)) {
            missing(name, form.must());
            return null;
        }
        return optional(name, form);
    }

    <T> T optional(String name, Form<T> form, T otherwise) {
        T value = optional(name, form);
        return value == null ? otherwise : value;
    }

    <T> @Nullable T optional(String name, Form<T> form) {
        Tree value = value(name);
        return value == null ? null : scalar(name, value, form);
    }

    <T> @Nullable List<T> requiredList(String name, Form<T> form) {
        if (!has(name)) {
            missing(name, form.must());
            return null;
        }
        return list(name, form);
    }

    /** A list of scalars; a single scalar counts as a list of one. Null if it is absent or wrong. */
    <T> @Nullable List<T> list(String name, Form<T> form) {
        Tree value = value(name);
        if (value == null) {
            return null;
        }
        List<Tree> all = value instanceof Tree.Items items ? items.all() : List.of(value);
        List<T> read = new ArrayList<>();
        for (Tree item : all) {
            T one = scalar(name, item, form);
            if (one != null) {
                read.add(one);
            }
        }
        if (all.isEmpty()) {
            wrong(name, "is an empty list");
        }
        return read.size() == all.size() && !all.isEmpty() ? read : null;
    }

    /** A section inside this one; null if it is absent or no mapping. */
    @Nullable
    Section section(String name, String shape) {
        Tree value = value(name);
        if (value instanceof Tree.Fields inner) {
            return new Section(path + name + ".", new Tree.Fields(line(name), inner.all()), problems, substitution);
        }
        if (value != null) {
            wrong(name, "must be a section: " + name + ": {" + shape + "}");
        }
        return null;
    }

    @Nullable
    Section requiredSection(String name, String shape) {
        if (!has(name)) {
            problems.add(fields.line(), path + name + " is missing: add " + name + ": {" + shape + "}");
        }
        return section(name, shape);
    }

    /** All fields as texts, whatever their names. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        Form<String> any = Form.text("must be a single value", text -> true);
        for (String name : fields.all().keySet()) {
            String text = optional(name, any);
            if (text != null) {
                texts.put(name, text);
            }
        }
        return texts;
    }

    /** The value of a field as it is written, for what has no fixed form. */
    @Nullable
    Tree value(String name) {
        asked.add(name);
        Tree.Field field = fields.all().get(name);
        if (field == null) {
            return null;
        }
        Tree value = field.value();
        if (value instanceof Tree.Text text && text.isEmpty()) {
            wrong(name, "is empty: give it a value or take the line out");
            return null;
        }
        return value;
    }

    /** Reports what nobody asked for, with the field it was probably meant to be. */
    void close() {
        List<String> open =
                asked.stream().filter(name -> !fields.all().containsKey(name)).toList();
        for (String name : fields.all().keySet()) {
            if (asked.contains(name)) {
                continue;
            }
            String near = Spelling.nearest(name, open.isEmpty() ? asked : open);
            String known = near == null ? ": known are " + Spelling.anyOf(List.copyOf(asked)) : "";
            problems.add(line(name), path + name + " is not a field of a pipeline file" + known, null, near);
        }
    }

    private void missing(String name, String must) {
        problems.add(fields.line(), path + name + " is missing: it " + must);
    }

    private <T> @Nullable T scalar(String name, Tree value, Form<T> form) {
        if (!(value instanceof Tree.Text text)) {
            problems.add(value.line(), path + name + " " + form.must() + ", not a list or a section");
            return null;
        }
        boolean filled = Substitution.concerns(text.value());
        String content = filled ? filled(name, text) : text.value();
        T read = content == null ? null : read(form, content);
        if (read == null && content != null) {
            String shown = isSecret(path + name) ? "***" : shorten(text.value());
            String meant = filled ? null : form.meant().apply(text.value());
            problems.add(text.line(), path + name + " " + form.must(), shown, meant);
        }
        return read;
    }

    private @Nullable String filled(String name, Tree.Text text) {
        try {
            return substitution.fill(text.value());
        } catch (IllegalArgumentException e) {
            problems.add(text.line(), path + name + " " + e.getMessage());
            return null;
        }
    }

    private static <T> @Nullable T read(Form<T> form, String content) {
        try {
            return form.read().apply(content);
        } catch (IllegalArgumentException | DateTimeException e) {
            return null;
        }
    }

    private static String shorten(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() > 60 ? line.substring(0, 57) + "..." : line;
    }
}
