package dev.ratchet.task.assignment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.run.Hold;
import dev.ratchet.task.egress.UrlText;
import dev.ratchet.workflow.AssignmentActivity.Job;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is posted to whoever is to answer: the assignment, until when, and where the answer goes. */
final class Notice {
    /** Without a deadline, links live that long. */
    private static final Duration LINK_LIFE = Duration.ofDays(7);

    private final AssignmentSettings settings;

    Notice(AssignmentSettings settings) {
        this.settings = settings;
    }

    ObjectNode of(Job job, JsonNode assignment) {
        ObjectNode notice = assignment.deepCopy();
        Hold hold = Objects.requireNonNull(job.hold());
        Long dueAt = job.dueAt();
        if (dueAt != null) {
            notice.put("due_at", dueAt);
        }
        if (hold.escalated()) {
            notice.put("escalated", true);
        }
        String task = "/api/v1/runs/" + UrlText.component(job.run().id()) + "/tasks/"
                + UrlText.component(job.key().toString());
        String organization = "?organization=" + UrlText.component(job.run().organization());
        if (assignment.path("type").asText().equals("approval")) {
            place(notice, "decision", task + "/decision" + organization);
            links(notice, job, assignment);
        } else {
            place(notice, "complete", task + "/complete" + organization);
            place(notice, "fail", task + "/fail" + organization);
            place(notice, "heartbeat", task + "/heartbeat" + organization);
        }
        return notice;
    }

    private void place(ObjectNode notice, String name, String path) {
        String base = settings.publicUrl();
        if (base == null) {
            notice.put(name + "_path", path);
        } else {
            notice.put(name + "_url", base + path);
        }
    }

    /** A link can say yes or no, and nothing else. */
    private void links(ObjectNode notice, Job job, JsonNode assignment) {
        LinkKey key = settings.links();
        if (key == null || assignment.has("choices") || assignment.has("form")) {
            return;
        }
        place(notice, "approve", "/api/v1/approvals/" + key.token(claim(job, assignment, true)));
        place(notice, "reject", "/api/v1/approvals/" + key.token(claim(job, assignment, false)));
    }

    private LinkKey.Claim claim(Job job, JsonNode assignment, boolean approved) {
        JsonNode assignees = assignment.path("assignees");
        Long dueAt = job.dueAt();
        return new LinkKey.Claim(
                job.run().organization(),
                job.run().id(),
                job.key().toString(),
                job.attempt(),
                approved,
                person(job, assignees),
                dueAt == null ? settings.clock().millis() + LINK_LIFE.toMillis() : dueAt);
    }

    private static @Nullable String person(Job job, JsonNode assignees) {
        Hold hold = Objects.requireNonNull(job.hold());
        boolean one = assignees.size() == 1 && !hold.escalated();
        return one ? assignees.get(0).asText() : null;
    }
}
