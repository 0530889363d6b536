package dev.ratchet.service.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What tasks in turns and items cost beside tasks of a flat graph: CPU of the engine's process for each task, of runs that
 * are as wide and whose chains are as long. A flat document holds 10,000 tasks at most, so tasks are compared, not runs.
 */
final class Bodies {
    private static final int WIDTH = 500;
    private static final int FLAT_TASKS = 10_000;
    private static final double TARGET = 1.3;

    private final Rest rest;

    Bodies(Rest rest) {
        this.rest = rest;
    }

    /** A map of items, each a chain of tasks, so many items at a time. */
    Figure map(int items, int chain) {
        String document = mapping(items, body -> chain(body, "", chain));
        return compare("W6M", "map of %,d x chain of %d".formatted(items, chain), document, items * chain, chain);
    }

    /** A map of loops side by side, of turns of two tasks. */
    Figure loops(int items, int turns) {
        String document = mapping(items, body -> {
            ObjectNode loop = body.addObject().put("id", "l").put("type", "loop");
            loop.put("while", "true").put("max_iterations", turns).put("on_exhausted", "continue");
            chain(loop.putArray("body"), "", 2);
        });
        int tasks = items * turns * 2;
        return compare("W6N", "map of %,d loops of %d x 2".formatted(items, turns), document, tasks, turns * 2);
    }

    private Figure compare(String name, String text, String nested, int tasks, int chain) {
        String flat = flat(chain);
        var ignored = cpuForEachTask(flat, FLAT_TASKS);
        double flatCpu = cpuForEachTask(flat, FLAT_TASKS);
        double nestedCpu = cpuForEachTask(nested, tasks);
        Map<String, Double> beside = new LinkedHashMap<>();
        beside.put("CPU per task, µs, flat", flatCpu * 1_000);
        beside.put("in bodies", nestedCpu * 1_000);
        return new Figure(name, text, "x the flat run's CPU", nestedCpu / flatCpu, TARGET, beside);
    }

    private double cpuForEachTask(String document, int tasks) {
        double before = cpuMs();
        String state = rest.awaitEnd(rest.submit(document)).path("state").asText();
        if (!state.equals("completed")) {
            throw new IllegalStateException("Expected the run to complete, but it is " + state);
        }
        return (cpuMs() - before) / tasks;
    }

    private static double cpuMs() {
        OperatingSystemMXBean own = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return own.getProcessCpuTime() / 1e6;
    }

    private static String mapping(int items, Consumer<ArrayNode> fill) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putObject("policy").put("max_parallelism", WIDTH);
        ArrayNode values = document.putObject("input").putArray("items");
        for (int i = 0; i < items; i++) {
            values.add(i);
        }
        ObjectNode map = document.putArray("tasks").addObject().put("id", "m").put("type", "map");
        map.put("items", "input.items").put("max_parallelism", WIDTH);
        fill.accept(map.putArray("body"));
        return document.toString();
    }

    private static String flat(int chain) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putObject("policy").put("max_parallelism", WIDTH).put("scheduling", "dataflow");
        ArrayNode tasks = document.putArray("tasks");
        for (int i = 0; i < FLAT_TASKS / chain; i++) {
            chain(tasks, "c" + i + "-", chain);
        }
        return document.toString();
    }

    private static void chain(ArrayNode tasks, String prefix, int length) {
        for (int k = 0; k < length; k++) {
            ObjectNode task = tasks.addObject().put("id", prefix + "t" + k);
            task.put("type", "function").put("function", "noop");
            if (k > 0) {
                task.putArray("deps").add(prefix + "t" + (k - 1));
            }
        }
    }
}
