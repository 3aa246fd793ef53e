package dev.tidecast.pipeline;

import dev.tidecast.forecast.spec.Kinship;
import dev.tidecast.forecast.spec.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code sources} and {@code attributes}: what a pipeline reads, what names its series, and which of them are alike. */
final class SourceReader {
    private static final String SOURCE_SHAPE = "topic: ..., key: record, value: /...";

    private final Section top;

    SourceReader(Section top) {
        this.top = top;
    }

    @Nullable
    SourceSpec source() {
        Section sources = top.requiredSection("sources", "demand: {" + SOURCE_SHAPE + "}");
        if (sources == null) {
            return null;
        }
        if (sources.names().size() != 1) {
            top.wrong(
                    "sources",
                    "must hold exactly one source as of now, has "
                            + sources.names().size());
            return null;
        }
        String role = sources.names().iterator().next();
        Section section = sources.section(role, SOURCE_SHAPE);
        if (section == null) {
            return null;
        }
        String topic = section.required("topic", Form.TOPIC);
        KeySpec key = key(section);
        Kinship kinship = kinship(key);
        JsonPath value = section.required("value", Form.POINTER);
        JsonPath time = section.optional("time", Form.POINTER);
        JsonPath censored = section.optional("censored", Form.POINTER);
        NumberForm form = section.optional("number", Form.word(NumberForm.class), NumberForm.JSON);
        section.close();
        return topic == null || key == null || value == null
                ? null
                : new SourceSpec(role, topic, key.with(kinship), new ValueSpec(value, form), time, censored);
    }

    /** An empty shelf makes sense of amounts alone: what can run out. */
    void checkCensored(@Nullable SourceSpec source, Target target) {
        if (source == null || source.censored() == null || target.kind().canRunOut()) {
            return;
        }
        Section sources = top.section("sources", SOURCE_SHAPE);
        Section section = sources == null ? null : sources.section(source.role(), SOURCE_SHAPE);
        if (section != null) {
            section.wrong("censored", "needs amounts that can run out: target.kind count, nonneg or positive");
        }
    }

    private @Nullable KeySpec key(Section section) {
        if (section.value("key") instanceof Tree.Text text && text.value().equals("record")) {
            return KeySpec.RECORD;
        }
        if (!section.has("key")) {
            section.required("key", Form.text("must be \"record\" or JSON pointers such as [/store, /sku]", t -> true));
            return null;
        }
        List<JsonPath> paths = section.list("key", Form.POINTER);
        if (paths == null) {
            return null;
        }
        if (paths.stream().map(JsonPath::last).distinct().count() < paths.size()) {
            section.wrong("key", "has two parts of the same name: the last segments name the parts of a key");
        }
        return new KeySpec(paths);
    }

    /** The whole key, or some of its parts. */
    private Kinship kinship(@Nullable KeySpec key) {
        if (top.value("attributes") instanceof Tree.Text text && text.value().equals("key")) {
            return Kinship.EACH;
        }
        List<JsonPath> paths = top.list("attributes", Form.POINTER);
        if (paths == null || key == null) {
            return Kinship.NONE;
        }
        for (JsonPath path : paths) {
            if (!key.paths().contains(path)) {
                top.wrong("attributes", "must be key, or parts of the key: " + path.text() + " is none");
            }
        }
        return key.paths().size() == 1
                ? Kinship.EACH
                : Kinship.of(paths.stream().map(JsonPath::last).toList());
    }
}
