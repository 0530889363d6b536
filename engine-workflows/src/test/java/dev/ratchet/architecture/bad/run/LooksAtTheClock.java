package dev.ratchet.architecture.bad.run;

/** Decides by a time that no input brought. */
public final class LooksAtTheClock {
    public boolean isLate(long due) {
        return System.currentTimeMillis() > due;
    }
}
