package dev.ratchet.service.api;

import dev.ratchet.document.Problem;
import dev.ratchet.plan.Compilation;
import dev.ratchet.plan.Warning;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What validation says of a document.
 *
 * @param code of the first error; absent of a sound document
 */
public record ValidationBody(boolean valid, @Nullable String code, List<Problem> errors, List<Warning> warnings) {
    /** @param further what is to be warned of beside what the document itself shows */
    public static ValidationBody of(Compilation compilation, List<Warning> further) {
        List<Problem> errors = compilation.problems();
        List<Warning> warnings = new ArrayList<>(compilation.warnings());
        warnings.addAll(further);
        return new ValidationBody(
                errors.isEmpty(), errors.isEmpty() ? null : errors.get(0).code(), errors, warnings);
    }
}
