package dev.ratchet.task.egress;

import java.net.IDN;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Host and port of a URL. Whatever resolvers read differently from one another is refused instead of understood: numbers
 * in other notations, a dot at the end, characters that only look like ASCII.
 */
record Authority(String host, int port) {
    private static final int MAX_HOST = 253;
    private static final int MAX_LABEL = 63;

    static Authority parse(String text, int defaultPort) throws EgressDenied {
        if (text.indexOf('@') >= 0) {
            throw new EgressDenied("Expected a URL without user information, but there is an '@' before its path");
        }
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            byte @Nullable [] address = end < 0 ? null : IpText.v6(text.substring(1, end));
            if (address == null) {
                throw new EgressDenied("Expected an IPv6 address in brackets, but it is none");
            }
            return new Authority(IpText.canonical(address), port(text.substring(end + 1), defaultPort));
        }
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        return new Authority(host(name), port(colon < 0 ? "" : text.substring(colon), defaultPort));
    }

    private static int port(String text, int defaultPort) throws EgressDenied {
        if (text.isEmpty()) {
            return defaultPort;
        }
        String digits = text.substring(1);
        boolean number = text.charAt(0) == ':' && !digits.isEmpty() && digits.length() <= 5 && isDigits(digits);
        int port = number ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > 65_535) {
            throw new EgressDenied("Expected a port from 1 to 65535 after the host, but it is something else");
        }
        return port;
    }

    private static String host(String name) throws EgressDenied {
        StringBuilder host = new StringBuilder();
        for (String label : name.toLowerCase(Locale.ROOT).split("\\.", -1)) {
            host.append(host.isEmpty() ? "" : ".").append(label(label));
        }
        String canonical = host.toString();
        if (canonical.isEmpty() || canonical.length() > MAX_HOST || canonical.startsWith(".")) {
            throw oddly();
        }
        String last = canonical.substring(canonical.lastIndexOf('.') + 1);
        // Whatever ends in a number is meant as an address by somebody: only the plain form is taken for one.
        if ((isDigits(last) || last.startsWith("0x")) && IpText.v4(canonical) == null) {
            throw oddly();
        }
        return canonical;
    }

    private static String label(String label) throws EgressDenied {
        String ascii = label;
        if (!label.chars().allMatch(c -> c < 0x80)) {
            ascii = punycode(label);
        }
        boolean plain = ascii.chars().allMatch(c -> isAlphanumeric(c) || c == '-' || c == '_');
        if (ascii.isEmpty() || ascii.length() > MAX_LABEL || !plain) {
            throw oddly();
        }
        return ascii;
    }

    /** An international label; one that folds into plain ASCII, or into several labels, only pretends to be one. */
    private static String punycode(String label) throws EgressDenied {
        try {
            String ascii = IDN.toASCII(label, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
            if (ascii.startsWith("xn--") && ascii.indexOf('.') < 0) {
                return ascii;
            }
        } catch (IllegalArgumentException e) {
            throw oddly();
        }
        throw oddly();
    }

    private static EgressDenied oddly() {
        return new EgressDenied("Expected a host that is a name or a plain IP address, but it is written another way");
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isAlphanumeric(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
}
