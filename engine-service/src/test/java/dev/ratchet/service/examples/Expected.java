package dev.ratchet.service.examples;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How an example ends.
 *
 * @param state of the run
 * @param tasks state of each task, with the reason where it was skipped
 * @param output of the run as JSON; empty for any
 */
record Expected(String state, Map<String, String> tasks, String output) {
    static Expected completed(String... tasks) {
        return of("completed", tasks);
    }

    static Expected failed(String... tasks) {
        return of("failed", tasks);
    }

    Expected withOutput(String json) {
        return new Expected(state, tasks, json);
    }

    /** @param tasks ids and states, in turn */
    private static Expected of(String state, String... tasks) {
        Map<String, String> states = new LinkedHashMap<>();
        for (int i = 0; i < tasks.length; i += 2) {
            states.put(tasks[i], tasks[i + 1]);
        }
        return new Expected(state, states, "");
    }
}
