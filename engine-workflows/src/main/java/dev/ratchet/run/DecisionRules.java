package dev.ratchet.run;

import java.util.List;
import java.util.function.BiFunction;

/**
 * How runs decide.
 *
 * @param newest the newest engine version that the decider knows; it asks {@link RunView#engineVersion} which one a run has
 * @param decider pure: the same view and input give the same events, always
 */
public record DecisionRules(int newest, BiFunction<RunView, RunInput, List<RunEvent>> decider) {
    /** Those of this engine. */
    public static final DecisionRules TODAY = new DecisionRules(EngineVersions.CURRENT, Decider::decide);
}
