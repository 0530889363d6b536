package dev.ratchet.task.dispatch;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.task.secret.Masking;
import dev.ratchet.task.secret.Secrets;
import dev.ratchet.task.spi.TaskFailure;

/** The secrets of one attempt: each one it gets to see is masked from then on. */
record SecretAccess(Secrets source, String organization, Masking masking) {
    /** Nobody can keep a shorter one from being seen. */
    static final int SHORTEST = 4;

    String require(String name) throws TaskFailure {
        String value = source.find(organization, name);
        if (value == null) {
            throw TaskFailure.permanent(
                    ErrorCode.SECRET_NOT_FOUND,
                    "Expected a secret named " + name + " on the worker, but there is none;"
                            + " RATCHET_SECRET_ENV names the variables that are secrets, RATCHET_SECRETS their folder");
        }
        if (value.strip().length() < SHORTEST) {
            throw TaskFailure.permanent(
                    ErrorCode.SECRET_NOT_FOUND,
                    "Expected secret " + name + " to have at least " + SHORTEST
                            + " characters, but it has fewer; so short a text would be masked wherever it stands by chance");
        }
        masking.remember(value);
        return value;
    }

    /** The same for a template, whose bindings throw nothing checked. */
    String bound(String name) {
        try {
            return require(name);
        } catch (TaskFailure e) {
            throw new Failures.Carried(e);
        }
    }
}
