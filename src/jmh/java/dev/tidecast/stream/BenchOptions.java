package dev.tidecast.stream;

/**
 * What the bench is asked for.
 *
 * @param seconds measured seconds per topology, in {@link #PAIRS} turns
 * @param keys how many keys have events
 * @param json whether the answer is JSON
 */
record BenchOptions(int seconds, int keys, boolean json) {
    static final int PAIRS = 5;
    static final String USAGE =
            "usage: bin/bench stream [--seconds <measured per topology, default 25>] [--keys <default 10000>] [--output json]";
    private static final int WARM_SECONDS = 16;
    /** After so many closes of every key all horizons have matured. */
    private static final int WARM_CLOSES = 30;

    static BenchOptions of(String[] arguments) {
        int seconds = 25;
        int keys = 10_000;
        boolean json = false;
        for (int i = 0; i < arguments.length; i++) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " is unknown or lacks its value");
            }
            String value = arguments[i + 1];
            switch (arguments[i++]) {
                case "--seconds" -> seconds = positive(value);
                case "--keys" -> keys = positive(value);
                case "--output" -> json = value.equals("json");
                default -> throw new IllegalArgumentException(arguments[i - 1] + " is unknown");
            }
        }
        return new BenchOptions(seconds, keys, json);
    }

    private static int positive(String value) {
        int number = Integer.parseInt(value);
        if (number < 1) {
            throw new IllegalArgumentException(value + " must be 1 or more");
        }
        return number;
    }

    double turnSeconds() {
        return Math.max(1.0, (double) seconds / PAIRS);
    }

    /** The short form is for seeing that it runs: its figures come from code that is still being compiled. */
    int warmSeconds() {
        return Math.min(WARM_SECONDS, seconds);
    }

    long warmRecords() {
        int closes = seconds < WARM_SECONDS ? 2 : WARM_CLOSES;
        return (long) keys * Load.PER_BUCKET * closes;
    }
}
