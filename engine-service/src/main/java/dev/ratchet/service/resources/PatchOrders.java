package dev.ratchet.service.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.service.gateway.PatchOrder;
import dev.ratchet.service.patch.DocumentPatch;
import dev.ratchet.service.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads patches as they are sent. */
final class PatchOrders {
    private static final String OPERATIONS = "operations";
    private static final String ROLLBACK = "rollback_to";
    private static final String TASKS = "tasks";
    private static final String DESCRIPTION = "description";
    private static final String BY = "by";
    private static final int MAX_DESCRIPTION = 1_000;
    private static final int MAX_BY = 128;

    private final PatchLimits limits;

    PatchOrders(PatchLimits limits) {
        this.limits = limits;
    }

    /** What stands in the headers and the query. */
    record Call(
            @Nullable String ifMatch,
            @Nullable String dryRun,
            @Nullable String key) {}

    /** Operations, with or without something around them, or the way back. */
    PatchOrder patch(JsonNode body, Call call) {
        if (body instanceof ArrayNode) {
            return order(new PatchOrder.What.Operations(read(body, "")), PatchOrder.Signature.NONE, call);
        }
        ObjectNode object = object(body, List.of(OPERATIONS, ROLLBACK, DESCRIPTION, BY));
        if (object.has(OPERATIONS) == object.has(ROLLBACK)) {
            throw ProblemException.invalid(
                    "", "Expected either operations or rollback_to, but there are both or neither");
        }
        PatchOrder.What what = object.has(OPERATIONS)
                ? new PatchOrder.What.Operations(read(object.get(OPERATIONS), "/" + OPERATIONS))
                : new PatchOrder.What.Rollback(revision(object.get(ROLLBACK)));
        return order(what, signature(object), call);
    }

    PatchOrder tasks(JsonNode body, Call call) {
        ObjectNode object = object(body, List.of(TASKS, DESCRIPTION, BY));
        JsonNode tasks = object.path(TASKS);
        if (!tasks.isArray() || tasks.isEmpty()) {
            throw ProblemException.invalid("/" + TASKS, "Expected at least one task in an array, but there is none");
        }
        return order(new PatchOrder.What.Tasks(tasks), signature(object), call);
    }

    private DocumentPatch read(JsonNode operations, String at) {
        return DocumentPatch.read(operations, at, limits.operations());
    }

    private static PatchOrder order(PatchOrder.What what, PatchOrder.Signature signature, Call call) {
        return new PatchOrder(what, signature, base(call.ifMatch()), Query.flag("dry_run", call.dryRun()), call.key());
    }

    /** A revision, quoted like an entity tag or not. */
    private static @Nullable Integer base(@Nullable String ifMatch) {
        String text = ifMatch == null ? "" : ifMatch.strip().replaceAll("^(W/)?\"(.*)\"$", "$2");
        if (text.isEmpty() || text.equals("*")) {
            return null;
        }
        if (!text.matches("[0-9]{1,9}")) {
            throw ProblemException.invalid("", "Expected If-Match to be a revision, but it is not");
        }
        return Integer.valueOf(text);
    }

    private static int revision(JsonNode json) {
        if (!json.isInt() || json.intValue() < 1) {
            throw ProblemException.invalid("/" + ROLLBACK, "Expected rollback_to to be a revision, but it is not");
        }
        return json.intValue();
    }

    private static ObjectNode object(JsonNode body, List<String> known) {
        if (!(body instanceof ObjectNode object)) {
            throw ProblemException.invalid("", "Expected the body to be an object, but it is not");
        }
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw ProblemException.invalid(
                        "", "Expected only " + known + " in the body, but there is another field");
            }
        });
        return object;
    }

    private static PatchOrder.Signature signature(ObjectNode object) {
        JsonNode by = object.path(BY);
        boolean task = by.isObject() && by.size() == 1 && by.path("task").isTextual();
        if (!by.isMissingNode() && !by.isTextual() && !task) {
            throw ProblemException.invalid("/" + BY, "Expected by to be a name or {\"task\": id}, but it is neither");
        }
        return new PatchOrder.Signature(
                task ? null : Signatures.text(object, BY, MAX_BY),
                task ? by.path("task").textValue() : null,
                Signatures.text(object, DESCRIPTION, MAX_DESCRIPTION));
    }
}
