package dev.ratchet.workflow;

import dev.ratchet.run.CarriedRun;
import java.util.List;

/** What a run's loop takes with it over continue-as-new. */
record CarriedLoop(CarriedRun run, List<Snapshot.Page> pages) {
    CarriedLoop {
        pages = pages == null ? List.of() : List.copyOf(pages);
    }
}
