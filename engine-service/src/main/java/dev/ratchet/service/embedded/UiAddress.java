package dev.ratchet.service.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * Where Temporal's Web UI listens: an address of the loopback network that nobody can guess, for it answers whoever reaches
 * it, and a page of a stranger reaches whatever it can name. Kept in the data folder, so that links go on working. Where
 * the host has no loopback addresses but one, it is that one.
 */
final class UiAddress {
    private static final String USUAL = "127.0.0.1";
    private static final Pattern OURS = Pattern.compile("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    private static final int LARGEST = 254;

    private UiAddress() {}

    /** @param folder of the embedded engine */
    static String in(Path folder) throws IOException {
        Path file = folder.resolve("ui.address");
        String kept = Files.exists(file) ? Files.readString(file).strip() : "";
        String address = OURS.matcher(kept).matches() ? kept : random();
        if (!canListen(address)) {
            return USUAL;
        }
        if (!address.equals(kept)) {
            Files.writeString(file, address, StandardCharsets.US_ASCII);
        }
        return address;
    }

    private static String random() {
        SecureRandom random = new SecureRandom();
        return "127." + part(random) + "." + part(random) + "." + part(random);
    }

    private static int part(SecureRandom random) {
        return 1 + random.nextInt(LARGEST);
    }

    private static boolean canListen(String address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
            return true;
        } catch (IOException notHere) {
            return false;
        }
    }
}
