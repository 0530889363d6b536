package dev.ratchet.plan;

import org.jspecify.annotations.Nullable;

/** What the JSON of plans leaves out because most tasks have it; the constructors of the records put it back. */
abstract class LeftOut {
    private final Object usual;

    private LeftOut(Object usual) {
        this.usual = usual;
    }

    @Override
    public final boolean equals(@Nullable Object value) {
        return usual.equals(value);
    }

    @Override
    public final int hashCode() {
        return usual.hashCode();
    }

    static final class Mode extends LeftOut {
        Mode() {
            super(Policies.ExecutionMode.DISPATCHED);
        }
    }

    static final class Rule extends LeftOut {
        Rule() {
            super(Policies.TriggerRule.NONE_FAILED);
        }
    }

    static final class Retry extends LeftOut {
        Retry() {
            super(RetryPolicy.ONCE);
        }
    }

    static final class Timeout extends LeftOut {
        Timeout() {
            super(TaskSpec.DEFAULT_TIMEOUT_MS);
        }
    }

    static final class OfTasks extends LeftOut {
        OfTasks() {
            super(TaskDefaults.USUAL);
        }
    }
}
