package dev.ratchet.service.server;

import dev.ratchet.service.config.ConfigException;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** An API without keys is for this machine only. */
final class OpenMode {
    private OpenMode() {}

    /** @throws ConfigException for an address that others can reach */
    static void check(String host) {
        if (!isLoopback(host)) {
            throw new ConfigException("Expected host (RATCHET_HOST) to be a loopback address such as 127.0.0.1, for"
                    + " the API asks nobody for a key, but it is " + host);
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
