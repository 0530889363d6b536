package dev.ratchet.service.gateway;

import dev.ratchet.workflow.Parent;

/** Names of what a run's memo holds: readable without a worker. */
final class RunMemo {
    /** Hash of the document as a JSON value: tells a repeated submit from another document under the same id. */
    static final String DOCUMENT_HASH = "documentHash";
    /** Where the document is stored; empty while it is small enough for the run's own input. */
    static final String DOCUMENT_REF = "documentRef";
    /** When the run was accepted, epoch milliseconds. */
    static final String CREATED_AT = "createdAt";

    /** Names the attempt that it carries out for another run, as a hash; absent when somebody submitted it. */
    static final String PARENT = "parent";

    /** What {@link #PARENT} is for an attempt. */
    static String of(Parent parent) {
        return NewIds.hash(parent.workflowId() + "\n" + parent.key() + "\n" + parent.attempt());
    }

    private RunMemo() {}
}
