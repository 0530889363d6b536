package dev.ratchet.task.context;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.task.model.Model;
import dev.ratchet.task.model.TokenEstimator;
import dev.ratchet.task.spi.TaskFailure;
import java.util.ArrayList;
import java.util.List;

/** Leaves out or cuts outputs as the policy says. The oldest is the first in dependency order; beginnings are kept. */
final class Compaction {
    private final TokenEstimator tokens;
    private final Model model;
    private final ContextPolicy policy;

    Compaction(TokenEstimator tokens, Model model, ContextPolicy policy) {
        this.tokens = tokens;
        this.model = model;
        this.policy = policy;
    }

    /** @param memory tokens that count against {@code max_tokens} and cannot be cut */
    List<ContextPart> apply(List<ContextPart> outputs, long memory) throws TaskFailure {
        return switch (policy.strategy()) {
            case NONE -> outputs;
            case KEEP_LAST_N -> last(outputs);
            case TRUNCATE -> oldestFirst(outputs, memory);
            case TRUNCATE_TO ->
                outputs.stream().map(part -> cut(part, policy.truncateTo())).toList();
        };
    }

    private List<ContextPart> last(List<ContextPart> outputs) {
        List<ContextPart> result = new ArrayList<>(outputs);
        for (int i = 0; i < outputs.size() - policy.keepLastN(); i++) {
            result.set(i, cut(outputs.get(i), 0));
        }
        return result;
    }

    private List<ContextPart> oldestFirst(List<ContextPart> outputs, long memory) throws TaskFailure {
        if (memory > policy.maxTokens()) {
            throw TaskFailure.permanent(
                    ErrorCode.CONTEXT_COMPACT_FAILED,
                    "Expected memory and outputs to fit into max_tokens " + policy.maxTokens() + ", but memory has "
                            + memory + " and is never cut");
        }
        long excess = memory + outputs.stream().mapToLong(ContextPart::tokens).sum() - policy.maxTokens();
        List<ContextPart> result = new ArrayList<>(outputs);
        for (int i = 0; i < outputs.size() && excess > 0; i++) {
            ContextPart part = cut(outputs.get(i), Math.max(0, outputs.get(i).tokens() - excess));
            result.set(i, part);
            excess -= part.cutTokens();
        }
        return result;
    }

    private ContextPart cut(ContextPart part, long maxTokens) {
        if (part.tokens() <= maxTokens) {
            return part;
        }
        String kept = maxTokens == 0 ? "" : tokens.cut(model, part.text(), maxTokens);
        long left = tokens.count(model, kept);
        return new ContextPart(part.source(), part.task(), kept, left, part.tokens() - left);
    }
}
