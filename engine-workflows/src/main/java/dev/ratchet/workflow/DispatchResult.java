package dev.ratchet.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.run.Outcome;
import dev.ratchet.run.RunInput;
import dev.ratchet.run.TaskKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker made of a dispatch; also its heartbeat details, while it goes on.
 *
 * @param outcomes of the attempts that ended, in key order
 * @param handedBack attempts that were not started because the worker shuts down: no lost deliveries
 * @param steps of a group, the inputs that the worker folded, in order
 * @param stored where the whole result is, when it is too large to travel: then the rest is not here
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DispatchResult(
        List<Outcome> outcomes,
        List<TaskKey> handedBack,
        List<RunInput> steps,
        @Nullable String stored) {
    /** Of a worker that said nothing. */
    static final DispatchResult NOTHING = new DispatchResult(List.of(), List.of(), List.of());

    public DispatchResult {
        outcomes = outcomes == null ? List.of() : List.copyOf(outcomes);
        handedBack = handedBack == null ? List.of() : List.copyOf(handedBack);
        steps = steps == null ? List.of() : List.copyOf(steps);
    }

    /** A result that travels whole. */
    public DispatchResult(List<Outcome> outcomes, List<TaskKey> handedBack, List<RunInput> steps) {
        this(outcomes, handedBack, steps, null);
    }

    /** What travels instead of a result once it is stored. */
    public static DispatchResult storedAs(String ref) {
        return new DispatchResult(List.of(), List.of(), List.of(), ref);
    }
}
