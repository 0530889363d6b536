package dev.ratchet.workflow;

import dev.ratchet.run.RunInput;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * What arrived since the loop looked last. Callbacks of activities, timers and signals only put something here; the one
 * workflow thread takes it out.
 */
final class Mailbox {
    private final ArrayDeque<LongFunction<RunInput>> arrived = new ArrayDeque<>();
    private boolean outside;
    private boolean awake;

    /** Keeps an input that is made once the time of the wake-up is known. */
    void put(LongFunction<RunInput> input) {
        arrived.add(input);
    }

    /** The same, of something that came from outside: a new turn of the workflow. */
    void putFromOutside(LongFunction<RunInput> input) {
        arrived.add(input);
        outside = true;
    }

    /** Whether a new turn of the workflow has begun since {@link #takeOutside} was asked last. */
    boolean isOutside() {
        return outside;
    }

    /** Whether something came from outside since this was asked last. */
    boolean takeOutside() {
        boolean was = outside;
        outside = false;
        return was;
    }

    /** Wakes the loop though nothing happened. */
    void wake() {
        awake = true;
    }

    /** The same, in a new turn of the workflow. */
    void wakeFromOutside() {
        awake = true;
        outside = true;
    }

    boolean isEmpty() {
        return arrived.isEmpty() && !awake;
    }

    /** Whether something arrived, not just a call to wake up. */
    boolean hasMail() {
        return !arrived.isEmpty();
    }

    List<RunInput> drain(long now) {
        awake = false;
        List<RunInput> inputs = new ArrayList<>(arrived.size());
        while (!arrived.isEmpty()) {
            inputs.add(arrived.poll().apply(now));
        }
        return inputs;
    }
}
