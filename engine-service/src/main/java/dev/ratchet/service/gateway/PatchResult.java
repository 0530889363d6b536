package dev.ratchet.service.gateway;

import dev.ratchet.plan.Warning;
import dev.ratchet.service.patch.DocumentChange;
import java.util.List;

/**
 * What came of a patch.
 *
 * @param revision number of the graph that it made, or would make
 * @param dryRun whether nothing happened
 */
public record PatchResult(int revision, boolean dryRun, DocumentChange change, List<Warning> warnings) {
    public PatchResult {
        warnings = List.copyOf(warnings);
    }
}
