package dev.ratchet.task.approval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Json;
import dev.ratchet.task.schema.SchemaCheck;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an approval asks: a yes or no, one of some choices, or a form; and of whom. Immutable.
 *
 * @param choices empty when it asks for none
 * @param form JSON schema of what is to be filled in; absent when it asks for none
 * @param assignees who may answer; empty for anybody
 */
public record Approval(List<String> choices, @Nullable JsonNode form, List<String> assignees) {
    /** Who answers when nobody did in time. */
    static final String DEADLINE = "deadline";

    private static final int MAX_COMMENT = 4_000;
    private static final int MAX_NAME = 256;
    private static final List<String> FIELDS = List.of("approved", "choice", "form", "comment", "by");

    public Approval {
        choices = List.copyOf(choices);
        assignees = List.copyOf(assignees);
    }

    /** Reads the fields of a task, or those of its assignment: they have the same names. */
    public static Approval of(JsonNode fields) {
        return new Approval(
                texts(fields.path("choices")),
                fields.hasNonNull("form") ? fields.get("form") : null,
                texts(fields.path("assignees")));
    }

    /** The same, which one more may answer. */
    public Approval alsoOf(String person) {
        List<String> more = new ArrayList<>(assignees);
        more.add(person);
        return new Approval(choices, form, assignees.isEmpty() ? assignees : more);
    }

    /** A decision that does not fit the question. */
    public static final class Unfit extends Exception {
        private static final long serialVersionUID = 1L;
        private final String pointer;

        Unfit(String pointer, String message) {
            super(message, null, false, false);
            this.pointer = pointer;
        }

        /** Where in the decision. */
        public String pointer() {
            return pointer;
        }

        /** "Expected X, but Y". */
        public String reason() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * A decision as it is kept: {@code {approved, choice?, form?, comment?, by}}.
     *
     * @param decision {@code {"approved": …}}, {@code {"choice": …}} or {@code {"form": …}}, with a comment and a name or
     *     without
     */
    public ObjectNode decide(JsonNode decision) throws Unfit {
        ObjectNode kept = fitting(decision);
        JsonNode by = decision.path("by");
        if (by.isMissingNode() && !assignees.isEmpty()) {
            throw new Unfit("/by", "Expected 'by' to name one of " + assignees + ", but it is missing");
        }
        if (!by.isMissingNode()
                && (!by.isTextual()
                        || by.textValue().isEmpty()
                        || by.textValue().length() > MAX_NAME)) {
            throw new Unfit("/by", "Expected 'by' to be a name of at most " + MAX_NAME + " characters, but it is not");
        }
        if (!assignees.isEmpty() && !assignees.contains(by.textValue())) {
            throw new Unfit("/by", "Expected 'by' to name one of " + assignees + ", but it names somebody else");
        }
        return kept.put("by", by.asText("anonymous"));
    }

    /** The decision that counts when nobody answers in time. */
    ObjectNode fallback(JsonNode decision) throws Unfit {
        JsonNode whole = decision.isBoolean() ? Json.mapper().createObjectNode().set("approved", decision) : decision;
        return fitting(whole).put("by", DEADLINE);
    }

    /** The decision without a name, if it answers what is asked. */
    ObjectNode fitting(JsonNode decision) throws Unfit {
        if (!(decision instanceof ObjectNode)) {
            throw new Unfit("", "Expected a decision to be an object, but it is not");
        }
        for (String name : (Iterable<String>) decision::fieldNames) {
            if (!FIELDS.contains(name)) {
                throw new Unfit("", "Expected only " + FIELDS + " in a decision, but there is another field");
            }
        }
        ObjectNode kept = Json.mapper().createObjectNode();
        JsonNode approved = decision.path("approved");
        if (!approved.isMissingNode() && !approved.isBoolean()) {
            throw new Unfit("/approved", "Expected 'approved' to be true or false, but it is neither");
        }
        boolean rejected = approved.isBoolean() && !approved.booleanValue();
        kept.put("approved", !rejected);
        if (rejected) {
            refuse(decision, "choice", "a rejection");
            refuse(decision, "form", "a rejection");
        } else {
            answer(decision, kept);
        }
        comment(decision.path("comment"), kept);
        return kept;
    }

    private void answer(JsonNode decision, ObjectNode kept) throws Unfit {
        if (!choices.isEmpty()) {
            refuse(decision, "form", "a choice");
            JsonNode choice = decision.path("choice");
            if (!choice.isTextual() || !choices.contains(choice.textValue())) {
                throw new Unfit("/choice", "Expected 'choice' to be one of " + choices + ", but it is none of them");
            }
            kept.set("choice", choice);
        } else if (form != null) {
            refuse(decision, "choice", "a form");
            kept.set("form", filled(decision.path("form"), form));
        } else {
            refuse(decision, "choice", "a yes or no");
            refuse(decision, "form", "a yes or no");
            if (!decision.has("approved")) {
                throw new Unfit("/approved", "Expected 'approved' to be true or false, but it is missing");
            }
        }
    }

    private static JsonNode filled(JsonNode filled, JsonNode form) throws Unfit {
        if (filled.isMissingNode()) {
            throw new Unfit("/form", "Expected 'form' to be filled in, but it is missing");
        }
        String complaint = SchemaCheck.complaint(form, filled);
        if (complaint != null) {
            throw new Unfit("/form", "Expected 'form' to satisfy its schema, but " + complaint);
        }
        return filled;
    }

    private static void refuse(JsonNode decision, String field, String asked) throws Unfit {
        if (decision.has(field)) {
            throw new Unfit("/" + field, "Expected no '" + field + "' in " + asked + ", but there is one");
        }
    }

    private static void comment(JsonNode comment, ObjectNode kept) throws Unfit {
        if (comment.isMissingNode() || comment.isNull()) {
            return;
        }
        if (!comment.isTextual() || comment.textValue().length() > MAX_COMMENT) {
            throw new Unfit(
                    "/comment",
                    "Expected 'comment' to be text of at most " + MAX_COMMENT + " characters, but it is not");
        }
        kept.set("comment", comment);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(entry -> texts.add(entry.asText()));
        return texts;
    }
}
