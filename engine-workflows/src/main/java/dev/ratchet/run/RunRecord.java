package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.document.Money;
import org.jspecify.annotations.Nullable;

/**
 * All that a reader learns of a run as a whole.
 *
 * @param version number of events so far, across continue-as-new
 * @param revision number of the graph
 * @param errorTask the task whose failure failed the run; absent when the error is the run's own
 * @param usage of all attempts
 * @param reserved money set aside for attempts in flight
 * @param presumed part of the cost that lost deliveries are presumed to have spent
 * @param output the run's output; absent until it ended, and above 100 leaves
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunRecord(
        RunStatus state,
        long version,
        int revision,
        @Nullable Long startedAt,
        @Nullable Long endedAt,
        long updatedAt,
        @Nullable TaskError error,
        @Nullable TaskKey errorTask,
        Usage usage,
        @Nullable Money budgetLimit,
        @Nullable Money reserved,
        @Nullable Money presumed,
        @Nullable Value output,
        int batches) {
    /** The same, with an output. */
    public RunRecord withOutput(@Nullable Value shown) {
        return new RunRecord(
                state,
                version,
                revision,
                startedAt,
                endedAt,
                updatedAt,
                error,
                errorTask,
                usage,
                budgetLimit,
                reserved,
                presumed,
                shown,
                batches);
    }
}
