package dev.ratchet.workflow;

import java.util.List;
import java.util.regex.Pattern;

/** What a failure of somebody else's worker says, without what its SDK adds: names of classes, and all that it offers. */
final class ToldFailure {
    /** The name of a kind of failure; one with dots or dollars is that of a class in some language. */
    private static final Pattern KIND = Pattern.compile("[A-Za-z_][A-Za-z0-9_ -]{0,127}");

    /** How the SDKs for Java, Go, Python, TypeScript and .NET say that nobody offers an activity. */
    private static final List<Pattern> UNKNOWN = List.of(
            Pattern.compile("(?s)Activity Type \".*\" is not registered with a worker.*"),
            Pattern.compile("(?s)unable to find activityType=.*"),
            Pattern.compile("(?s)Activity function .* is not registered on this worker.*"),
            Pattern.compile("(?s)Activity .* is not registered on this [Ww]orker.*"));

    private ToldFailure() {}

    /** What follows "Expected …, but". */
    static String of(String type, String message, String taskQueue) {
        if (UNKNOWN.stream().anyMatch(form -> form.matcher(message).matches())) {
            return "no worker on " + taskQueue + " offers its activity_type";
        }
        return KIND.matcher(type).matches() ? type + ": " + message : "it failed: " + message;
    }
}
