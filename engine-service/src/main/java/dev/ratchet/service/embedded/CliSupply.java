package dev.ratchet.service.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** One way to get a Temporal CLI onto a host that has none. */
interface CliSupply {
    TemporalCli.Source source();

    /**
     * Puts a CLI somewhere below the folder and says where. Takes a bounded time.
     *
     * @throws IOException if this way is closed here; the message says why, in words for the user
     */
    Path into(Path folder) throws IOException;
}
