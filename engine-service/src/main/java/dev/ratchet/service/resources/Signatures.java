package dev.ratchet.service.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.service.gateway.Signature;
import dev.ratchet.service.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** Reads who asks for something, and why. */
final class Signatures {
    static final String BY = "by";
    static final String REASON = "reason";

    private static final int MAX_BY = 128;
    /** As long as the name of an assignee, who signs with it. */
    private static final int MAX_PERSON = 256;

    private static final int MAX_REASON = 1_000;

    private Signatures() {}

    /** {@code {"by"?, "reason"?}}, among other fields. */
    static Signature read(ObjectNode body) {
        return new Signature(text(body, BY, MAX_BY), text(body, REASON, MAX_REASON));
    }

    /** Who answers for a task. */
    static Signature ofAnswer(ObjectNode body, @Nullable String why) {
        return new Signature(text(body, BY, MAX_PERSON), why);
    }

    /** A text of at most so many characters; absent when there is none. */
    static @Nullable String text(JsonNode body, String name, int most) {
        JsonNode json = body.get(name);
        if (json == null || json.isNull()) {
            return null;
        }
        if (!json.isTextual() || json.textValue().length() > most) {
            throw ProblemException.invalid(
                    "/" + name, "Expected " + name + " to be a text of at most " + most + " characters, but it is not");
        }
        return json.textValue();
    }
}
