package dev.ratchet.service.problem;

import dev.ratchet.task.blob.BlobException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only exception mapper: whatever is thrown becomes a problem of the closed table. Neither the request nor a cause
 * is ever echoed.
 */
public final class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemMapper.class);

    @Override
    public Response toResponse(Throwable thrown) {
        return switch (thrown) {
            case ProblemException problem -> ours(problem);
            case BlobException storage -> ours(StorageProblems.of(storage));
            case WebApplicationException framework -> framework(framework);
            default -> unexpected(thrown);
        };
    }

    private static Response ours(ProblemException problem) {
        Response.ResponseBuilder answer = answer(ProblemBody.of(problem));
        if (problem.code() == ProblemCode.REQUEST_TIMEOUT) {
            answer.header("Connection", "close");
        }
        Duration retryAfter = problem.retryAfter();
        if (retryAfter != null) {
            answer.header(HttpHeaders.RETRY_AFTER, Math.max(1, retryAfter.toSeconds()));
        }
        return answer.build();
    }

    /** What the framework refuses before any of our code has run. */
    private static Response framework(WebApplicationException thrown) {
        Response given = thrown.getResponse();
        if (given.getStatus() >= 500) {
            return unexpected(thrown);
        }
        Response.ResponseBuilder answer = answer(HttpProblems.ofStatus(given.getStatus()));
        String allow = given.getHeaderString(HttpHeaders.ALLOW);
        if (allow != null) {
            answer.header(HttpHeaders.ALLOW, allow);
        }
        return answer.build();
    }

    private static Response unexpected(Throwable thrown) {
        String correlationId = UUID.randomUUID().toString();
        LOG.error("Expected to answer a request, but failed; correlation id {}", correlationId, thrown);
        return answer(ProblemBody.internal(correlationId)).build();
    }

    private static Response.ResponseBuilder answer(ProblemBody body) {
        return Response.status(body.status()).type(ProblemBody.MEDIA_TYPE).entity(body);
    }
}
