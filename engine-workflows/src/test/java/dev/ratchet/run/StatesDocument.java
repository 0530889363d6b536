package dev.ratchet.run;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Draws the table of transitions for people. */
record StatesDocument(List<Transitions.RunEdge> runs, List<Transitions.TaskEdge> tasks) {
    String text() {
        Map<String, TreeSet<String>> ofRuns = new TreeMap<>();
        runs.forEach(edge -> note(ofRuns, edge.from().wire(), edge.to().wire(), edge.by()));
        Map<String, TreeSet<String>> ofTasks = new TreeMap<>();
        tasks.forEach(edge -> note(ofTasks, edge.from().wire(), edge.to().wire(), edge.by()));
        return """
                # States

                Generated from `dev.ratchet.run.Transitions`; a test compares this file with the table, and another one
                walks thousands of runs and fails when they take a way that is not listed, or never take one that is.
                Each arrow names the events that make the change. No arrow leaves a terminal state of a
                run; a settled task is left only when somebody tries it, or an item of it, again.

                ## Runs

                %s
                `exhausted` is the end of a run whose organization has too few credits: it is refused before it begins.

                ## Tasks

                %s""".formatted(diagram(ofRuns), diagram(ofTasks));
    }

    private static void note(Map<String, TreeSet<String>> arrows, String from, String to, Class<?> by) {
        arrows.computeIfAbsent(from + " --> " + to, arrow -> new TreeSet<>()).add(words(by.getSimpleName()));
    }

    /** {@code HandedOver} is "handed over". */
    private static String words(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    private static String diagram(Map<String, TreeSet<String>> arrows) {
        StringBuilder text = new StringBuilder("```mermaid\nstateDiagram-v2\n    [*] --> pending\n");
        arrows.forEach((arrow, events) -> text.append("    ")
                .append(arrow)
                .append(": ")
                .append(String.join(", ", events))
                .append('\n'));
        TreeSet<String> ends = new TreeSet<>();
        arrows.keySet().forEach(arrow -> ends.add(arrow.substring(arrow.lastIndexOf(' ') + 1)));
        arrows.keySet().forEach(arrow -> ends.remove(arrow.substring(0, arrow.indexOf(' '))));
        ends.forEach(end -> text.append("    ").append(end).append(" --> [*]\n"));
        return text.append("```\n").toString();
    }
}
