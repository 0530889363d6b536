package dev.ratchet.service.bench;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The no-op task of the plain SDK. */
@ActivityInterface
public interface RawActivities {
    @ActivityMethod(name = "noop")
    String noop(String id);

    /** Does nothing. */
    final class NoOp implements RawActivities {
        @Override
        public String noop(String id) {
            return "{}";
        }
    }
}
