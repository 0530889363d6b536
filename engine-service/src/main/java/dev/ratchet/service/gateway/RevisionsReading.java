package dev.ratchet.service.gateway;

import java.util.List;

/**
 * The graphs that a run has had, the submitted one first.
 *
 * @param problems operations that could not be read, and without which their revisions are told
 */
public record RevisionsReading(List<RevisionReading> revisions, List<Damage> problems) {
    public RevisionsReading {
        revisions = List.copyOf(revisions);
        problems = List.copyOf(problems);
    }
}
