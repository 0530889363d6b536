package dev.ratchet.service.cli;

import picocli.CommandLine.Option;

/** How a command prints runs. */
final class OutputOptions {
    enum Format {
        TABLE,
        JSON
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "table or json (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Format format;

    boolean isJson() {
        return format == Format.JSON;
    }
}
