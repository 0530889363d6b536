package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.plan.TaskSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One delivery of one attempt, as it is handed to a worker.
 *
 * @param attempt counted from 1
 * @param delivery counted from 1 within the attempt
 * @param feeds live edges that feed an input field, in edge order
 * @param context ids of the completed direct dependencies, in dependency order: what reaches a prompt
 * @param prepared what preparation stored for this attempt; absent for types that need none
 * @param earlier attempts of the task that asked for something else, because what it follows from, or repeats, was carried out
 *     again since
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Attempt(
        TaskKey key,
        TaskSpec task,
        int attempt,
        int delivery,
        List<Feed> feeds,
        List<String> context,
        @Nullable Value prepared,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int earlier) {
    /** Of a task that was never asked for anything else. */
    public Attempt(
            TaskKey key,
            TaskSpec task,
            int attempt,
            int delivery,
            List<Feed> feeds,
            List<String> context,
            @Nullable Value prepared) {
        this(key, task, attempt, delivery, feeds, context, prepared, 0);
    }

    public Attempt {
        feeds = feeds == null ? List.of() : List.copyOf(feeds);
        context = context == null ? List.of() : List.copyOf(context);
    }

    /** A live edge that feeds an input: the source's id, its port (absent: the whole output), and the input field. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Feed(String from, @Nullable String port, String toInput) {}
}
