package dev.ratchet.service.problem;

/** Problems of requests that never reached a resource, told by their HTTP status. */
final class HttpProblems {
    private HttpProblems() {}

    /** The problem for a status that is no error of ours: below 500, and 503. */
    static ProblemBody ofStatus(int status) {
        return switch (status) {
            case 401 -> ProblemBody.of(ProblemCode.UNAUTHENTICATED, "Expected credentials, but there were none");
            case 403 -> ProblemBody.of(ProblemCode.FORBIDDEN, "Expected a request that is allowed, but it is not");
            case 404 -> ProblemBody.of(ProblemCode.NOT_FOUND, "Expected a route of this API, but there is none here");
            case 405 ->
                ProblemBody.of(
                        ProblemCode.METHOD_NOT_ALLOWED, "Expected a method that this route has, but it was another");
            case 406 ->
                ProblemBody.of(
                        ProblemCode.NOT_ACCEPTABLE,
                        "Expected Accept to allow what this route answers, but it does not");
            case 408 ->
                ProblemBody.of(
                        ProblemCode.REQUEST_TIMEOUT, "Expected the whole request in good time, but it came too slowly");
            case 413 -> ProblemBody.of(ProblemCode.TOO_LARGE, "Expected a smaller request, but it is too large");
            case 415 ->
                ProblemBody.of(
                        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                        "Expected Content-Type application/json, but it was another or none");
            case 429 -> ProblemBody.of(ProblemCode.RATE_LIMITED, "Expected fewer requests, but there were more");
            case 503 ->
                ProblemBody.of(
                        ProblemCode.OVERLOADED,
                        "Expected a service that takes requests, but this one has too many or is stopping");
            default ->
                ProblemBody.of(
                        ProblemCode.INVALID_INPUT, "Expected a well-formed HTTP request, but it cannot be understood");
        };
    }
}
