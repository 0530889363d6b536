package dev.ratchet.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ratchet.run.InlineJob;
import dev.ratchet.run.RunContext;
import dev.ratchet.run.Source;
import java.util.List;
import java.util.Map;

/**
 * Short work for a local activity; parameters as of {@link DispatchRequest}.
 *
 * @param preparedAllowance bytes that a preparation may bring back, for each job and each value; larger ones are stored first
 * @param ahead tasks that most likely come after the only job, each after the one before; may be left undone
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record InlineRequest(
        RunContext run,
        List<InlineJob> jobs,
        Map<String, Source> sources,
        int inlineAllowance,
        int preparedAllowance,
        List<InlineJob.Execute> ahead) {
    public InlineRequest {
        jobs = List.copyOf(jobs);
        ahead = ahead == null ? List.of() : List.copyOf(ahead);
        sources = sources == null ? Map.of() : java.util.Collections.unmodifiableMap(sources);
    }

    /** Where what is prepared may be as large as an output. */
    public InlineRequest(
            RunContext run,
            List<InlineJob> jobs,
            Map<String, Source> sources,
            int inlineAllowance,
            List<InlineJob.Execute> ahead) {
        this(run, jobs, sources, inlineAllowance, inlineAllowance, ahead);
    }
}
