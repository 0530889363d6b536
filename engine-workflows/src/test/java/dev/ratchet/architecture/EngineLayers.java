package dev.ratchet.architecture;

import java.util.Map;
import java.util.Set;

/** The layers of this module, top down: workflow, run, verdict and money, plan, document; expression beside plan. */
final class EngineLayers {
    private static final Map<String, Set<String>> BELOW = Map.of(
            "document", Set.of(),
            "expression", Set.of("document"),
            "plan", Set.of("document", "expression"),
            "verdict", Set.of("document", "plan"),
            "money", Set.of("document", "plan"),
            // No expression from here on: nothing is evaluated where it would be evaluated again on replay.
            "run", Set.of("document", "plan", "verdict", "money"),
            // What agents poll knows runs by name only.
            "queue", Set.of("run"),
            "workflow", Set.of("document", "plan", "verdict", "money", "run", "queue"));

    private EngineLayers() {}

    static Layers of(String base) {
        return new Layers(base, BELOW);
    }
}
