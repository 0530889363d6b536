package dev.ratchet.service.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ratchet.run.Audit;
import dev.ratchet.run.AuditEntry;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The requests that a run has read, oldest first.
 *
 * @param dropped how many more there were; absent when these are all
 */
public record AuditBody(
        List<Item> items,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) long dropped) {
    /**
     * One of them.
     *
     * @param task the task that it is about
     * @param by a name, or {@code {"task": id}}
     * @param refused why it had no effect
     */
    public record Item(
            long at,
            String request,
            @Nullable String task,
            @Nullable JsonNode by,
            @Nullable String reason,
            @Nullable MoneyBody budgetLimit,
            @Nullable ErrorBody refused) {}

    public static AuditBody of(Audit audit) {
        return new AuditBody(audit.entries().stream().map(AuditBody::item).toList(), audit.dropped());
    }

    private static Item item(AuditEntry entry) {
        return new Item(
                entry.at(),
                entry.request().name().toLowerCase(Locale.ROOT),
                entry.task(),
                by(entry),
                entry.why(),
                MoneyBody.of(entry.limit()),
                ErrorBody.of(entry.refusal()));
    }

    private static @Nullable JsonNode by(AuditEntry entry) {
        if (entry.byTask() != null) {
            return JsonNodeFactory.instance.objectNode().put("task", entry.byTask());
        }
        return entry.by() == null ? null : TextNode.valueOf(entry.by());
    }
}
