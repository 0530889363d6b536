package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What a task that waits for a person or an agent asks, of whom, and what follows when nobody answers in time. Kept in the
 * state while the task is parked, and shown.
 *
 * @param assignment what who answers is told: input, question, choices
 * @param queue where agents find it; absent when it is posted, or a person is asked
 * @param notifyUrl URL that the assignment is posted to; absent when it is not
 * @param onDeadline what follows when the time is over
 * @param fallback the answer that then counts, for {@link OnDeadline#DEFAULT}
 * @param escalateTo who is asked next, for {@link OnDeadline#ESCALATE}: a URL, {@link #QUEUE} and the name of a queue, or
 *     a person
 * @param escalateMs how long they have; after that the task fails
 * @param escalated whether they were asked
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Hold(
        Value assignment,
        @Nullable String queue,
        @Nullable String notifyUrl,
        OnDeadline onDeadline,
        @Nullable Value fallback,
        @Nullable String escalateTo,
        @Nullable Long escalateMs,
        boolean escalated) {
    public Hold {
        onDeadline = onDeadline == null ? OnDeadline.FAIL : onDeadline;
    }

    /** What follows when nobody answered in time (contract, part 3). */
    public enum OnDeadline {
        @JsonProperty("fail")
        FAIL,
        @JsonProperty("default")
        DEFAULT,
        @JsonProperty("escalate")
        ESCALATE
    }

    /** What {@code escalateTo} begins with when it names a queue. */
    public static final String QUEUE = "queue/";

    /** Whether somebody else is to be told than the person who looks at the run. */
    @JsonIgnore
    public boolean isAnnounced() {
        return askedQueue() != null || askedUrl() != null;
    }

    /** The queue that it waits in now. */
    public @Nullable String askedQueue() {
        String next = next(QUEUE);
        return next == null ? queue : next.substring(QUEUE.length());
    }

    /** The URL that it is posted to now. */
    public @Nullable String askedUrl() {
        String next = next("http");
        return next == null ? notifyUrl : next;
    }

    private @Nullable String next(String prefix) {
        return escalated && escalateTo != null && escalateTo.startsWith(prefix) ? escalateTo : null;
    }

    /** The same, asked of those who come next. */
    Hold escalate() {
        return new Hold(assignment, queue, notifyUrl, OnDeadline.FAIL, null, escalateTo, null, true);
    }
}
