package dev.ratchet.expression;

import dev.ratchet.document.Text;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Collects what an expression reads, one path after the other, and refuses paths that name nothing definite. */
final class ReadCollector {
    private static final Set<String> TASK_FIELDS = Set.of("output", "state", "error");
    private static final Set<String> RUN_FIELDS = Set.of("id", "labels", "organization");

    private final TreeSet<Root> roots = new TreeSet<>();
    private final TreeSet<String> tasks = new TreeSet<>();
    private final TreeSet<String> outputs = new TreeSet<>();
    private final TreeSet<String> secrets = new TreeSet<>();

    Reads reads() {
        return new Reads(roots, tasks, outputs, secrets);
    }

    /** A name and the fields after it, as far as they are written out. */
    void read(String name, List<String> names) {
        Root root = Root.of(name);
        if (root == null) {
            throw ExpressionException.invalid(
                    "Expected a known name such as input, output or tasks, but found '" + Text.brief(name) + "'");
        }
        roots.add(root);
        switch (root) {
            case TASKS -> readTask(name, names);
            case SECRETS -> secrets.add(constant(name, names, 0, "the name of a secret"));
            case RUN -> oneOf(RUN_FIELDS, name, names, 0);
            case INPUT, ARGS, OUTPUT, ITEM, INDEX, ITERATION, PREVIOUS -> {}
        }
    }

    private void readTask(String name, List<String> names) {
        String id = constant(name, names, 0, "the id of a task");
        tasks.add(id);
        if (oneOf(TASK_FIELDS, name + "." + Text.brief(id), names, 1).equals("output")) {
            outputs.add(id);
        }
    }

    private static String oneOf(Set<String> fields, String owner, List<String> names, int at) {
        String listed = String.join(", ", new TreeSet<>(fields));
        String field = constant(owner, names, at, "one of " + listed);
        if (!fields.contains(field)) {
            throw ExpressionException.invalid(
                    "Expected one of " + listed + " after '" + owner + "', but found '" + Text.brief(field) + "'");
        }
        return field;
    }

    private static String constant(String owner, List<String> names, int at, String what) {
        if (names.size() <= at) {
            throw ExpressionException.invalid("Expected '" + owner + "' to be followed by " + what
                    + ", written out, but it stands alone or is indexed by something computed");
        }
        return names.get(at);
    }
}
