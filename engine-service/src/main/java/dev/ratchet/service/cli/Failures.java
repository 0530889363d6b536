package dev.ratchet.service.cli;

import dev.ratchet.service.config.ConfigException;
import dev.ratchet.service.embedded.DataFolderHeldException;
import dev.ratchet.service.embedded.TemporalUnavailableException;
import dev.ratchet.service.server.PortTakenException;
import dev.ratchet.task.model.CatalogueException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what a command throws into one sentence on standard error and an exit status. */
final class Failures implements IExecutionExceptionHandler {
    /** Set it to see where an unexpected error comes from. */
    private static final String DEBUG = "RATCHET_DEBUG";

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        command.getErr().println(Display.printable("ratchet: " + sentence(failure)));
        if (System.getenv(DEBUG) != null) {
            failure.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return status(failure);
    }

    private static String sentence(Exception failure) {
        return expected(failure)
                ? String.valueOf(failure.getMessage())
                : "Expected to finish the command, but %s (set %s=1 for details)".formatted(failure, DEBUG);
    }

    private static boolean expected(Exception failure) {
        return failure instanceof CommandException
                || failure instanceof ConfigException
                || failure instanceof DataFolderHeldException
                || failure instanceof PortTakenException
                || failure instanceof CatalogueException
                || failure instanceof TemporalUnavailableException;
    }

    private static int status(Exception failure) {
        return switch (failure) {
            case CommandException known -> known.status();
            case ConfigException refused -> ExitStatus.REFUSED;
            default -> ExitStatus.FAILED;
        };
    }
}
