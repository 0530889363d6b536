package dev.ratchet.service.resources;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.run.TaskRecord;
import dev.ratchet.service.gateway.Answered;
import dev.ratchet.service.gateway.AskedTask;
import dev.ratchet.service.gateway.RunGateway;
import dev.ratchet.service.gateway.RunId;
import dev.ratchet.service.problem.ProblemCode;
import dev.ratchet.service.problem.ProblemException;
import dev.ratchet.task.assignment.LinkKey;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Decisions by signed link. Looking at a link decides nothing, for programs look at links in mails before people do; the
 * page has a button that does.
 */
@Path("api/v1/approvals/{token}")
public final class ApprovalResource {
    private static final String BEARER = "link";

    private final RunGateway gateway;
    private final AnswerBodies answers;
    private final @Nullable LinkKey links;
    private final InstantSource clock;

    /** @param links absent where no link is ever made */
    public ApprovalResource(RunGateway gateway, AnswerBodies answers, @Nullable LinkKey links, InstantSource clock) {
        this.gateway = gateway;
        this.answers = answers;
        this.links = links;
        this.clock = clock;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public Response look(@PathParam("token") String token) {
        LinkKey.Claim claim = claim(token);
        JsonNode assignment = waiting(claim).assignment();
        String question = assignment == null ? "" : assignment.path("question").asText();
        return guarded(Response.ok(ApprovalPage.ask(question, claim.approved(), claim.run(), claim.task())));
    }

    @POST
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
    public Response decide(@PathParam("token") String token) {
        LinkKey.Claim claim = claim(token);
        AskedTask task = waiting(claim);
        JsonNode decision = Json.mapper().createObjectNode().put("approved", claim.approved());
        String by = claim.by() == null ? BEARER : claim.by();
        Answered answered = gateway.giveOnce(task, answers.decision(task, decision, "", by), claim.attempt(), by);
        return guarded(
                answered.settled()
                        ? Response.ok(ApprovalPage.done(claim.approved()), MediaType.TEXT_HTML)
                        : Response.accepted(ApprovalPage.sent()).type(MediaType.TEXT_HTML));
    }

    private LinkKey.Claim claim(String token) {
        LinkKey.Claim claim = links == null ? null : links.read(token, clock.millis());
        if (claim == null) {
            throw ProblemException.of(
                    ProblemCode.FORBIDDEN, "Expected a link that is valid, but it is not, or no longer");
        }
        return claim;
    }

    /** The link is for one attempt, and works once: after that the task does not wait any more. The run has the last word. */
    private AskedTask waiting(LinkKey.Claim claim) {
        AskedTask task = gateway.asked(new RunId(claim.organization(), claim.run()), claim.task());
        TaskRecord record = task.record();
        if (task.hold() == null || record == null || record.attempts() != claim.attempt()) {
            throw ProblemException.of(
                    ProblemCode.TASK_NOT_WAITING,
                    "Expected " + claim.task() + " to wait for this decision, but it does not any more");
        }
        return task;
    }

    private static Response guarded(Response.ResponseBuilder answer) {
        return answer.header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Referrer-Policy", "same-origin")
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Content-Security-Policy", "default-src 'none'; form-action 'self'; frame-ancestors 'none'")
                .build();
    }
}
