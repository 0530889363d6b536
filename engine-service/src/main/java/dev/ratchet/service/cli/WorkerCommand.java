package dev.ratchet.service.cli;

import dev.ratchet.service.config.RatchetConfig;
import dev.ratchet.service.server.Engine;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A worker of a deployment. */
@Command(
        name = "worker",
        description = "Carries runs out, from the Temporal at TEMPORAL_ADDRESS.",
        mixinStandardHelpOptions = true)
final class WorkerCommand implements Callable<Integer> {
    @Mixin
    private final RoleOptions options = new RoleOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        RatchetConfig config = options.config();
        String temporal = RoleOptions.temporal(config);
        Engine engine = Engine.worker(config, temporal);
        PrintWriter out = spec.commandLine().getOut();
        Foreground foreground = new Foreground(engine, out);
        out.println("Working on task queue " + config.temporal().taskQueue() + ", Temporal " + temporal);
        out.flush();
        return foreground.forever();
    }
}
