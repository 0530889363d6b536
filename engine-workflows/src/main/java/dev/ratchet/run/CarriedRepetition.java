package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.plan.Body;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a composite task has come, as it travels. Nothing of it is being looked at then. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CarriedRepetition(
        int total,
        @Nullable Value items,
        List<Part> parts,
        List<Integer> open,
        List<Integer> waiting,
        List<Integer> kept,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int attemptsBefore,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int mostAttempts,
        int begun,
        int ended,
        int failed,
        boolean goesOn,
        @Nullable TaskError failure) {
    public CarriedRepetition {
        parts = parts == null ? List.of() : List.copyOf(parts);
        open = open == null ? List.of() : List.copyOf(open);
        waiting = waiting == null ? List.of() : List.copyOf(waiting);
        kept = kept == null ? List.of() : List.copyOf(kept);
    }

    Repetition restore(Body body) {
        Repetition repetition = new Repetition(body, total, items, attemptsBefore);
        repetition.parts.addAll(parts);
        repetition.open.addAll(open);
        repetition.waiting.addAll(waiting);
        repetition.kept.addAll(kept);
        repetition.mostAttempts = mostAttempts;
        repetition.begun = begun;
        repetition.ended = ended;
        repetition.failed = failed;
        repetition.goesOn = goesOn;
        repetition.failure = failure;
        return repetition;
    }
}
