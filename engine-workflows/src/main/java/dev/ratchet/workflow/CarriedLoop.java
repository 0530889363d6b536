package dev.ratchet.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.run.CarriedRun;
import java.util.List;

/**
 * What a run's loop takes with it over continue-as-new.
 *
 * @param lookAt when it looks after the dispatches that go on meanwhile, epoch milliseconds
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
record CarriedLoop(CarriedRun run, List<Snapshot.Page> pages, long lookAt) {
    CarriedLoop {
        pages = pages == null ? List.of() : List.copyOf(pages);
    }
}
