package dev.ratchet.service.health;

import com.codahale.metrics.health.HealthCheck;
import java.util.function.BooleanSupplier;

/** Whether this process's worker polls. */
public final class WorkerHealth extends HealthCheck {
    private final BooleanSupplier polls;

    public WorkerHealth(BooleanSupplier polls) {
        this.polls = polls;
    }

    @Override
    protected Result check() {
        return polls.getAsBoolean()
                ? Result.healthy()
                : Result.unhealthy("Expected the worker to poll, but it does not");
    }
}
