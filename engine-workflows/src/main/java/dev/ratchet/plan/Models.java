package dev.ratchet.plan;

/** What a plan must know of the model catalogue. Thread-safe; answers may change when the catalogue is reloaded. */
public interface Models {
    /** Whether a task may name this model, by its own name or by its role. */
    boolean known(String model);

    /** Why a model that is not known cannot be named, as the document's author reads it. */
    default String refusal(String model) {
        return "Expected a model of the catalogue, but " + (model.length() <= 64 ? "'" + model + "'" : "this one")
                + " is none";
    }

    /** The currency of all prices: budgets are in the same. */
    String currency();
}
