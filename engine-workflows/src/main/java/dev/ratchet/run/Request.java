package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.ratchet.document.Money;

/** What somebody outside may ask of a living run. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "request")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Request.Abort.class, name = "abort"),
    @JsonSubTypes.Type(value = Request.RaiseBudget.class, name = "budget")
})
public sealed interface Request {
    /** End the run now; what is in flight is cancelled. */
    record Abort() implements Request {}

    /** A new limit for a run that waits for money. */
    record RaiseBudget(Money limit) implements Request {}
}
