package dev.tidecast.forecast.answer;

/**
 * How much a forecast rests on.
 *
 * @param observed closed steps of this key that counted as observed
 * @param missingRatio closed steps that did not, as a share of all
 */
public record Quality(Readiness state, long observed, double missingRatio) {
    /** Cold: not one whole season seen, or fewer than three steps. Warming: fewer than three seasons or twenty steps. */
    public enum Readiness {
        COLD("cold"),
        WARMING("warming"),
        READY("ready");

        private final String word;

        Readiness(String word) {
            this.word = word;
        }

        /** As it is written. */
        public String word() {
            return word;
        }
    }
}
