package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.Text;
import org.jspecify.annotations.Nullable;

/**
 * Why a task or a run failed, as its reader sees it.
 *
 * @param code wire form of an {@link ErrorCode}
 * @param message "Expected X, but Y"; never a secret, a stack trace or a class name
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskError(
        String code, String message, @Nullable JsonNode details) {
    /** The server cuts failure texts at 4 KB; so do we, before they travel. */
    private static final int MAX_MESSAGE = 2_000;

    public TaskError {
        code = Text.sound(code);
        message = Text.cut(Text.sound(message), MAX_MESSAGE + 1);
    }

    public static TaskError of(ErrorCode code, String message) {
        return new TaskError(code.wire(), message, null);
    }

    public boolean is(ErrorCode other) {
        return code.equals(other.wire());
    }
}
