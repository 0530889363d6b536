package dev.ratchet.service.resources;

import dev.ratchet.service.gateway.RunReading;
import dev.ratchet.service.problem.ProblemCode;
import dev.ratchet.service.problem.ProblemException;
import java.time.Duration;

/** For answers that need more than Temporal alone knows. */
final class Told {
    private Told() {}

    /** The reading of a run that a worker, or its result, told about. */
    static RunReading.Told of(RunReading reading) {
        return switch (reading) {
            case RunReading.Told told -> told;
            case RunReading.Described described ->
                throw ProblemException.passing(
                        ProblemCode.OVERLOADED,
                        "Expected a worker to tell about run " + described.run().id() + ", but none answers",
                        Duration.ofSeconds(2),
                        null);
        };
    }
}
