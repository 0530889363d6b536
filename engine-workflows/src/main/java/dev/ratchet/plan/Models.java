package dev.ratchet.plan;

/** What a plan must know of the model catalogue. Thread-safe; answers may change when the catalogue is reloaded. */
public interface Models {
    /** Whether a task may name this model, by its own name or by its role. */
    boolean known(String model);

    /** The currency of all prices: budgets are in the same. */
    String currency();
}
