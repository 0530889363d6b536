package dev.ratchet.plan;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of compiling a document: a plan, or all problems of one kind. Problems of form hide those of the graph, which
 * mean nothing before the form is sound.
 *
 * @param plan absent exactly when there are problems
 * @param warnings also there beside problems of the graph
 */
public record Compilation(@Nullable Plan plan, List<Problem> problems, List<Warning> warnings) {
    public Compilation {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        if ((plan == null) == problems.isEmpty()) {
            throw new IllegalArgumentException("Expected either a plan or problems, but there are both or neither");
        }
    }

    static Compilation refused(List<Problem> problems, List<Warning> warnings) {
        return new Compilation(null, problems, warnings);
    }

    public boolean isSound() {
        return plan != null;
    }

    /** Whether the problems are of form (400) rather than of the graph (422). */
    public boolean isMalformed() {
        return !problems.isEmpty() && problems.get(0).code().equals(ErrorCode.INVALID_INPUT.wire());
    }

    /**
     * The plan of a document that is known to be sound.
     *
     * @throws IllegalStateException naming the first problem, when it is not
     */
    public Plan orThrow() {
        if (plan == null) {
            Problem first = problems.get(0);
            throw new IllegalStateException("Expected a sound document, but " + first.code() + " at '" + first.pointer()
                    + "': " + first.message());
        }
        return plan;
    }
}
