package dev.ratchet.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Everything dies by {@code kill -9}, in an order that is left to chance, and comes back on the same data. */
final class PowerCut {
    private PowerCut() {}

    /** Returns the worker that there is afterwards; the service answers then. */
    static JvmProcess of(Stage stage, OwnTemporal temporal, JvmProcess worker) {
        EngineProcesses engine = stage.engine();
        List<Runnable> kills = new ArrayList<>(List.of(() -> engine.kill(worker), engine::killService, () -> {
            stage.schedule.note("kill -9 Temporal");
            temporal.kill();
        }));
        Collections.shuffle(kills, new Random(stage.schedule.choose("order of the kills", 1_000)));
        kills.forEach(Runnable::run);
        temporal.restart();
        engine.startService();
        JvmProcess next = engine.startWorker();
        engine.awaitService();
        return next;
    }
}
