package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonInclude;

/** A turn or an item as it travels: its tasks travel by themselves. */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record CarriedScope(String path, int batches, boolean failed, ScopeLife life) {
    static CarriedScope of(ScopeState scope) {
        return new CarriedScope(scope.path(), scope.main.batches, scope.main.failed, scope.life);
    }

    void restore(RunState run) {
        ScopeState scope = run.restoreScope(path, life);
        scope.main.batches = batches;
        scope.main.failed = failed;
    }
}
