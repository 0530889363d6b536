package dev.ratchet.service.health;

import com.codahale.metrics.health.HealthCheck;
import dev.ratchet.service.gateway.RunGateway;
import dev.ratchet.service.problem.ProblemException;

/** Whether Temporal answers. */
public final class TemporalHealth extends HealthCheck {
    private final RunGateway gateway;

    public TemporalHealth(RunGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    protected Result check() {
        try {
            gateway.ping();
            return Result.healthy();
        } catch (ProblemException unreachable) {
            return Result.unhealthy(unreachable.getMessage());
        }
    }
}
