package dev.ratchet.service.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Names the run that a command is about. */
final class RunOptions {
    @Parameters(index = "0", paramLabel = "RUN", description = "Id of the run.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String id;

    @Option(names = "--organization", paramLabel = "NAME", description = "Organization of the run.")
    private @Nullable String organization;

    /** The run's path below {@code /api/v1}, with parameters of its own. */
    String path(String below, String... parameters) {
        return pathOf(id, organization, below, parameters);
    }

    static String pathOf(String id, @Nullable String organization, String below, String... parameters) {
        StringBuilder path = new StringBuilder("/runs/").append(encoded(id)).append(below);
        char separator = '?';
        for (String parameter : parameters) {
            path.append(separator).append(parameter);
            separator = '&';
        }
        if (organization != null && !organization.equals("default")) {
            path.append(separator).append("organization=").append(encoded(organization));
        }
        return path.toString();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
