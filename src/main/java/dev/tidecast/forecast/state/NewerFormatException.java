package dev.tidecast.forecast.state;

/** The bytes are sound but were written by a newer version: starting would destroy them. */
public final class NewerFormatException extends StateException {
    private static final long serialVersionUID = 1L;

    NewerFormatException(String what, int found, int known) {
        super(what + " has format " + found + ", this version reads up to format " + known
                + ": start a newer Tidecast, or reset this pipeline");
    }
}
