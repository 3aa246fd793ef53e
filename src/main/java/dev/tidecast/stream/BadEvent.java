package dev.tidecast.stream;

/** A record that is no observation: the reason, and in words what was found where. Cheap: it carries no stack. */
final class BadEvent extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 64;

    private final Reason reason;

    BadEvent(Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }

    /** The field and what was found there, in words. */
    String detail() {
        return String.valueOf(getMessage());
    }

    /** A text as it is shown in a detail: on one line and not longer than a glance. */
    static String shown(String text) {
        StringBuilder shown = new StringBuilder("\"");
        for (int i = 0; i < Math.min(text.length(), LONGEST); i++) {
            char c = text.charAt(i);
            shown.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '.' : c);
        }
        return shown.append(text.length() > LONGEST ? "...\"" : "\"").toString();
    }
}
