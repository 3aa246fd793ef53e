package dev.tidecast.nn;

/** FNV-1a over the names and shapes of all matrices, the sizes of the ends, and the shape of the state. */
final class Fingerprint {
    private static final long START = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Fingerprint() {}

    static long of(Plan plan, State state) {
        StringBuilder text = new StringBuilder();
        text.append(plan.input().size())
                .append('>')
                .append(plan.output().size())
                .append('\n');
        for (Param param : plan.params()) {
            text.append(param.name())
                    .append(' ')
                    .append(param.rows())
                    .append('x')
                    .append(param.columns())
                    .append('\n');
        }
        return hash(text + state.describe());
    }

    static long hash(String text) {
        long h = START;
        for (int i = 0; i < text.length(); i++) {
            h = (h ^ text.charAt(i)) * PRIME;
        }
        return h;
    }
}
