package dev.ratchet.document;

import java.util.List;

/**
 * What came of reading a document.
 *
 * @param document complete when there are no problems, else what could be read
 * @param problems everything that is wrong with its form, tasks and edges in the order of the body
 */
public record Reading(RunDocument document, List<Problem> problems) {
    public Reading {
        problems = List.copyOf(problems);
    }

    public boolean isSound() {
        return problems.isEmpty();
    }
}
