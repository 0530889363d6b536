package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A turn or an item as it travels: its tasks travel by themselves.
 *
 * @param open whether it goes on; if not, it is only there because its tasks are in no page yet
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record CarriedScope(String path, int batches, boolean failed, boolean closing, boolean open) {
    static CarriedScope of(ScopeState scope, boolean open) {
        return new CarriedScope(scope.path(), scope.main.batches, scope.main.failed, scope.closing, open);
    }

    void restore(RunState run) {
        TaskKey composite = ScopePath.composite(path);
        ScopeState scope = run.restoreScope(composite, path, open);
        scope.main.batches = batches;
        scope.main.failed = failed;
        scope.closing = closing;
    }
}
