package dev.ratchet.service.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run (contract, part 9). Times are epoch milliseconds.
 *
 * @param tasks by key, in document order; absent when the reader did not want them, or nobody can tell
 * @param links where more can be seen
 */
public record RunBody(
        @JsonUnwrapped About about,
        @JsonUnwrapped Progress progress,
        @Nullable Map<String, TaskBody> tasks,
        @JsonUnwrapped @Nullable OutputBody output,
        @JsonUnwrapped @Nullable Spending spending,
        @JsonUnwrapped Times times,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> links) {
    /** Which run it is, and what was given for it. */
    public record About(
            String id,
            String organization,
            @Nullable String name,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> labels,
            @Nullable JsonNode policy,
            @Nullable String rerunOf,
            @Nullable Parent parent) {}

    /** The task of another run that it carries out. */
    public record Parent(String runId, String task) {
        static @Nullable Parent of(dev.ratchet.workflow.@Nullable Parent parent) {
            return parent == null ? null : new Parent(parent.run(), parent.key().toString());
        }
    }

    /**
     * How far it is.
     *
     * @param degraded whether something is missing: all but this, when only Temporal can tell about the run, or what stood
     *     in stored values that cannot be read
     * @param version absent when only Temporal can tell about the run
     */
    public record Progress(
            String state,
            @JsonUnwrapped DegradedBody degraded,
            @Nullable Integer revision,
            @Nullable Long version,
            @Nullable Integer batches,
            @Nullable ErrorBody error) {}

    /**
     * What it used and may use.
     *
     * @param reserved set aside for attempts in flight
     * @param presumed part of the cost that lost deliveries are presumed to have spent
     */
    public record Spending(
            UsageBody usage,
            @Nullable MoneyBody budgetLimit,
            @Nullable MoneyBody reserved,
            @Nullable MoneyBody presumed) {}

    /** When what happened. */
    public record Times(
            @Nullable Long createdAt,
            @Nullable Long startedAt,
            @Nullable Long endedAt,
            @Nullable Long updatedAt) {}
}
