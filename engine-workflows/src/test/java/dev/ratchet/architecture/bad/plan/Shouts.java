package dev.ratchet.architecture.bad.plan;

/** Writes i as the reader's language does. */
public final class Shouts {
    @SuppressWarnings("StringCaseLocaleUsage") // what it is here for
    public String loud(String text) {
        return text.toUpperCase();
    }
}
