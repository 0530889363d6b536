package dev.ratchet.service.bench;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** What an engineer would write with the plain SDK: a workflow that calls one activity for each task. */
@WorkflowInterface
public interface RawWorkflow {
    /** Runs the graph; returns how many tasks it ran. */
    @WorkflowMethod(name = "Raw")
    int run(Shape shape);
}
