package dev.ratchet.service.cli;

import picocli.CommandLine.Command;

/** Lets a run start nothing new. */
@Command(
        name = "pause",
        description = "Starts nothing new in a run until it is resumed; what runs finishes.",
        mixinStandardHelpOptions = true)
final class PauseCommand extends SignedCommand {
    @Override
    String below() {
        return "/pause";
    }
}
