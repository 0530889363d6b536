package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.ratchet.plan.Edge;
import dev.ratchet.plan.Node;
import dev.ratchet.verdict.EdgeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the edges of a task said when its verdict fell, a character for each in the order written: what its attempts are fed
 * follows from that, whatever has become of the sources since.
 */
record EdgeMarks(@JsonValue String marks) {
    /** The source completed, and the edge is live. */
    private static final char LIVE = 'l';

    /** The source completed, but the edge is untaken. */
    private static final char COMPLETED = 'c';

    private static final char NONE = '-';
    private static final EdgeMarks OF_NO_EDGES = new EdgeMarks("");

    @JsonCreator
    EdgeMarks {}

    /** Only once everything upstream is settled. */
    static EdgeMarks of(RunView view, TaskView task) {
        List<EdgeReading> edges = view.edges(task);
        if (edges.isEmpty()) {
            return OF_NO_EDGES;
        }
        StringBuilder marks = new StringBuilder(edges.size());
        for (EdgeReading edge : edges) {
            TaskView source =
                    view.task(new TaskKey(task.key().scope(), edge.edge().from()));
            boolean completed = source != null && source.phase() == Phase.COMPLETED;
            marks.append(edge.status() == EdgeStatus.LIVE ? LIVE : completed ? COMPLETED : NONE);
        }
        return new EdgeMarks(marks.toString());
    }

    /** The live edges that feed an input, in edge order. */
    List<Attempt.Feed> feeds(Node node) {
        List<Attempt.Feed> feeds = new ArrayList<>();
        for (int i = 0; i < marks.length(); i++) {
            Edge edge = node.edges().get(i);
            String input = edge.toInput();
            if (marks.charAt(i) == LIVE && input != null) {
                feeds.add(new Attempt.Feed(edge.from(), edge.port(), input));
            }
        }
        return feeds;
    }

    /** The direct dependencies that had completed, in the order written. */
    List<String> context(Node node) {
        return IntStream.range(0, marks.length())
                .filter(i -> marks.charAt(i) != NONE)
                .mapToObj(i -> node.edges().get(i).from())
                .distinct()
                .toList();
    }
}
