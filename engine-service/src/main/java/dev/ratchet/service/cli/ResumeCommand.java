package dev.ratchet.service.cli;

import picocli.CommandLine.Command;

/** Lets a paused run go on. */
@Command(name = "resume", description = "Lets a paused run go on.", mixinStandardHelpOptions = true)
final class ResumeCommand extends SignedCommand {
    @Override
    String below() {
        return "/resume";
    }
}
