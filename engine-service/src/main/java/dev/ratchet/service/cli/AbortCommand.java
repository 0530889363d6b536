package dev.ratchet.service.cli;

import picocli.CommandLine.Command;

/** Ends a run now. */
@Command(
        name = "abort",
        description = "Ends a run now; what is in flight is cancelled.",
        mixinStandardHelpOptions = true)
final class AbortCommand extends SignedCommand {
    @Override
    String below() {
        return "/abort";
    }
}
