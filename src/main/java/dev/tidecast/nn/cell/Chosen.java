package dev.tidecast.nn.cell;

import dev.tidecast.nn.Activation;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Options that the catalogue has accepted, the usual ones filled in. */
record Chosen(Map<String, Object> values) {
    int integer(String name) {
        return (Integer) value(name);
    }

    double number(String name) {
        return (Double) value(name);
    }

    boolean flag(String name) {
        return (Boolean) value(name);
    }

    String word(String name) {
        return (String) value(name);
    }

    List<Integer> integers(String name) {
        return ((List<?>) value(name)).stream().map(n -> (Integer) n).toList();
    }

    Activation activation() {
        return Activation.valueOf(word("activation").toUpperCase(Locale.ROOT));
    }

    /** An integer option for which 0 stands for something else. */
    int orElse(String name, int other) {
        return integer(name) == 0 ? other : integer(name);
    }

    private Object value(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("no option " + name + " was declared");
        }
        return value;
    }
}
