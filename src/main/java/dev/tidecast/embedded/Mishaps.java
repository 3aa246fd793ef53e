package dev.tidecast.embedded;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * What happens to events on their way: one in 100 is delayed within the grace, one in 400 comes long after its bucket has
 * closed, and after one in 200 a spoilt copy is sent as well, the five ways of spoiling in equal shares.
 */
final class Mishaps {
    static final double DELAYED = 1 / 100.0;
    static final double LATE = 1 / 400.0;
    static final double BAD = 1 / 200.0;
    private static final Sample.Kind[] KINDS = Sample.Kind.values();
    private static final int FIRST_BAD = Sample.Kind.NOT_JSON.ordinal();

    /** Tells an event as JSON; for the bad kinds but {@code NOT_JSON}, spoilt in that way. */
    interface Telling {
        String as(Sample.Kind kind);
    }

    private final Dice dice;
    private final long delay;
    private final long late;

    /**
     * @param delay the longest delay within grace
     * @param late the shortest delay that no grace covers; the longest is twice that
     */
    Mishaps(Dice dice, Duration delay, Duration late) {
        this.dice = dice;
        this.delay = delay.toMillis();
        this.late = late.toMillis();
    }

    void send(byte[] key, long time, Telling event, Consumer<Sample> out) {
        Sample.Kind kind = fate();
        out.accept(new Sample(key, bytes(event.as(Sample.Kind.GOOD)), time, time + delay(kind), kind));
        if (dice.uniform() < BAD) {
            Sample.Kind bad = KINDS[FIRST_BAD + dice.below(KINDS.length - FIRST_BAD)];
            out.accept(new Sample(key, spoilt(event, bad), time, time, bad));
        }
    }

    private Sample.Kind fate() {
        double chance = dice.uniform();
        if (chance < DELAYED) {
            return Sample.Kind.DELAYED;
        }
        return chance < DELAYED + LATE ? Sample.Kind.LATE : Sample.Kind.GOOD;
    }

    private long delay(Sample.Kind kind) {
        return switch (kind) {
            case DELAYED -> (long) dice.between(delay / 4.0, delay);
            case LATE -> (long) dice.between(late, 2.0 * late);
            default -> 0;
        };
    }

    private static byte[] spoilt(Telling event, Sample.Kind bad) {
        String text = event.as(bad);
        // An object cut in half is JSON to nobody.
        return bytes(bad == Sample.Kind.NOT_JSON ? text.substring(0, text.length() / 2) : text);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
