package dev.ratchet.service.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that is one call of the API: makes it, or prints it as curl would make it. */
abstract class EngineCommand implements Callable<Integer> {
    @Mixin
    private final EngineOptions engine = new EngineOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final CurlOption curl = new CurlOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public final Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        EngineClient client = engine.client();
        if (curl.isWanted()) {
            print(out, curl(client));
            return ExitStatus.COMPLETED;
        }
        return call(client, out);
    }

    /** The equivalent call. */
    abstract String curl(EngineClient client);

    /** Makes the call and prints what came of it; returns the exit status. */
    abstract int call(EngineClient client, PrintWriter out) throws InterruptedException;

    final boolean isJsonWanted() {
        return output.isJson();
    }

    static void print(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
