package dev.ratchet.architecture.services.live;

import dev.ratchet.architecture.services.gateway.AnswersHttp;

/** Needs what needs it. */
public final class LooksUp {
    public AnswersHttp gateway() {
        return new AnswersHttp();
    }
}
