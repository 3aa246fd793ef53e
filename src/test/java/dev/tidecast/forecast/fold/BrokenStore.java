package dev.tidecast.forecast.fold;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A store that fails to read when its plan says so. */
public final class BrokenStore implements Store {
    private final TreeStore store = new TreeStore();
    private final Plan plan;

    /** When the next read fails; shared by the stores of one partition. */
    public static final class Plan {
        private int left = Integer.MAX_VALUE;

        /** So many reads succeed, the next one fails. */
        void failAfter(int reads) {
            left = reads;
        }

        void never() {
            left = Integer.MAX_VALUE;
        }

        private void read() {
            if (left-- == 0) {
                throw new Broken();
            }
        }
    }

    /** What a broken store throws. */
    public static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    public BrokenStore(Plan plan) {
        this.plan = plan;
    }

    @Override
    public byte @Nullable [] get(String key) {
        plan.read();
        return store.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
        store.put(key, value);
    }

    @Override
    public void delete(String key) {
        store.delete(key);
    }

    @Override
    public List<String> keysAfter(@Nullable String after, int limit) {
        plan.read();
        return store.keysAfter(after, limit);
    }
}
