package dev.ratchet.service.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.plan.Warning;
import dev.ratchet.service.gateway.PatchResult;
import dev.ratchet.service.patch.DocumentChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a patch: ids of tasks by what became of them.
 *
 * @param revision number of the graph from now on
 * @param dryRun absent when it happened
 */
public record PatchBody(
        int revision,
        @Nullable Boolean dryRun,
        List<String> added,
        List<String> changed,
        List<String> removed,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Warning> warnings) {
    public static PatchBody of(PatchResult result) {
        DocumentChange change = result.change();
        return new PatchBody(
                result.revision(),
                result.dryRun() ? true : null,
                change.added(),
                change.changed(),
                change.removed(),
                result.warnings());
    }
}
