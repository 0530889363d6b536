package dev.ratchet.service.resources;

import dev.ratchet.service.api.AuditBody;
import dev.ratchet.service.gateway.RunGateway;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Who has asked a run for what, and why. */
@Path("api/v1/runs/{id}/audit")
@Produces(MediaType.APPLICATION_JSON)
public final class AuditResource {
    private final RunGateway gateway;

    public AuditResource(RunGateway gateway) {
        this.gateway = gateway;
    }

    @GET
    public AuditBody get(@BeanParam RunCall call) {
        return AuditBody.of(gateway.audit(call.run()));
    }
}
