package dev.tidecast.forecast.state;

import dev.tidecast.series.Aggregate;
import dev.tidecast.series.Observation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The buckets of a key that still take events. Immutable.
 *
 * @param base the first bucket not closed
 * @param born whether a bucket of this key was ever closed
 * @param slots those open buckets that have events, ascending
 */
public record OpenState(long base, boolean born, List<Slot> slots) {

    /**
     * One open bucket.
     *
     * @param count its events
     * @param value sum, largest, smallest or last value, as the aggregate asks
     * @param moment event time of the last value; only LAST keeps it
     * @param censored whether any of its events is
     */
    public record Slot(long index, int count, double value, long moment, boolean censored) {

        public static Slot first(long index, Observation o, Aggregate aggregate) {
            return new Slot(index, 1, o.value(), aggregate == Aggregate.LAST ? o.time() : 0, o.censored());
        }

        public Slot with(Observation o, Aggregate aggregate) {
            int more = count == Integer.MAX_VALUE ? count : count + 1;
            double y = o.value();
            boolean least = censored || o.censored();
            return switch (aggregate) {
                case SUM, MEAN -> new Slot(index, more, value + y, 0, least);
                case MAX -> new Slot(index, more, Math.max(value, y), 0, least);
                case MIN -> new Slot(index, more, Math.min(value, y), 0, least);
                case COUNT -> new Slot(index, more, value, 0, least);
                case LAST ->
                    o.time() >= moment
                            ? new Slot(index, more, y, o.time(), least)
                            : new Slot(index, more, value, moment, least);
            };
        }

        /** The same, known to be the least it can have been. */
        Slot asCensored() {
            return new Slot(index, count, value, moment, true);
        }

        /** The value of the step. */
        public double result(Aggregate aggregate) {
            return switch (aggregate) {
                case SUM, MAX, MIN, LAST -> value;
                case MEAN -> value / count;
                case COUNT -> count;
            };
        }
    }

    public static OpenState birth(long index) {
        return new OpenState(index, false, List.of());
    }

    @Nullable
    public Slot slot(long index) {
        for (Slot slot : slots) {
            if (slot.index == index) {
                return slot;
            }
        }
        return null;
    }

    /** The first bucket after `index` that has events, or `otherwise`. */
    public long nextSlot(long index, long otherwise) {
        for (Slot slot : slots) {
            if (slot.index > index) {
                return slot.index;
            }
        }
        return otherwise;
    }

    /** The newest bucket with events, or the base. */
    public long newest() {
        return slots.isEmpty() ? base : slots.get(slots.size() - 1).index;
    }

    /** With one more event; a key never closed may still begin earlier. */
    public OpenState with(long index, Observation o, Aggregate aggregate) {
        if (slots.isEmpty() || slots.size() == 1 && slots.get(0).index == index) {
            // Almost always: the key has one open bucket.
            Slot only = slots.isEmpty()
                    ? Slot.first(index, o, aggregate)
                    : slots.get(0).with(o, aggregate);
            return new OpenState(Math.min(base, index), born, List.of(only));
        }
        List<Slot> next = new ArrayList<>(slots.size() + 1);
        boolean placed = false;
        for (Slot slot : slots) {
            if (!placed && slot.index >= index) {
                next.add(slot.index == index ? slot.with(o, aggregate) : Slot.first(index, o, aggregate));
                placed = true;
            }
            if (slot.index != index) {
                next.add(slot);
            }
        }
        if (!placed) {
            next.add(Slot.first(index, o, aggregate));
        }
        return new OpenState(Math.min(base, index), born, List.copyOf(next));
    }

    /** Without the buckets before `due`, which are closed now. */
    public OpenState closed(long due) {
        return new OpenState(
                due, true, slots.stream().filter(slot -> slot.index >= due).toList());
    }
}
