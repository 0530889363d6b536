package dev.ratchet.workflow;

import java.util.List;
import java.util.Set;

/** Says of some workflows that they have ended. */
final class Closed implements AssignmentActivity {
    private final Set<String> ended;

    Closed(String... ended) {
        this.ended = Set.of(ended);
    }

    @Override
    public void announce(Job job) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void withdraw(Job job, String queue) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> closed(List<String> workflowIds) {
        return workflowIds.stream().filter(ended::contains).toList();
    }
}
