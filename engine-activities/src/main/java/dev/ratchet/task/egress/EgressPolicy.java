package dev.ratchet.task.egress;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What configuration says about calls.
 *
 * @param allow {@code host:port} pairs that are let through although their address is private or their port is closed;
 *     compared with the host as the URL spells it
 * @param deny hosts that are never called, {@code *.example.com} for all below one; beats {@code allow}
 * @param closedPorts ports that are not called: those of services that take commands from whoever can connect
 */
public record EgressPolicy(Set<String> allow, Set<String> deny, Set<Integer> closedPorts) {
    /** Shells, mail, name and file services, databases, caches, brokers, container engines, Temporal. */
    private static final Set<Integer> CLOSED = Stream.of(
                    List.of(1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95),
                    List.of(101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 138, 139, 143),
                    List.of(161, 179, 389, 427, 445, 465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554),
                    List.of(556, 563, 587, 601, 636, 873, 989, 990, 993, 995, 1433, 1521, 1719, 1720, 1723, 2049),
                    List.of(2181, 2375, 2376, 2379, 2380, 3306, 3389, 3659, 4045, 4190, 5060, 5061, 5432, 5433, 5672),
                    List.of(5900, 5985, 5986, 6000, 6379, 6380, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697),
                    List.of(7000, 7001, 7233, 7234, 7235, 7239, 9042, 9092, 10080, 10250, 10255, 11211, 27017))
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableSet());

    public EgressPolicy {
        allow = lower(allow);
        deny = lower(deny);
        closedPorts = Set.copyOf(closedPorts);
        for (String entry : allow) {
            if (!entry.matches("(\\[[0-9a-f:.]+]|[^:\\s]+):[0-9]{1,5}")) {
                throw new IllegalArgumentException(
                        "Expected allowed calls as host:port, comma separated, but found '" + entry + "'");
            }
        }
    }

    /** Public addresses and open ports only. */
    public static EgressPolicy strict() {
        return new EgressPolicy(Set.of(), Set.of(), CLOSED);
    }

    /**
     * The policy that configuration spells, with the usual closed ports.
     *
     * @param allow {@code host:port}, comma separated; may be empty
     * @param deny hosts, comma separated; may be empty
     * @throws IllegalArgumentException for an entry that is no {@code host:port}
     */
    public static EgressPolicy of(String allow, String deny) {
        return new EgressPolicy(entries(allow), entries(deny), CLOSED);
    }

    boolean allows(String host, int port) {
        return allow.contains(entry(host, port));
    }

    /** How {@code allow} spells a host and its port: addresses with colons in brackets. */
    static String entry(String host, int port) {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    boolean denies(String host) {
        return deny.stream()
                .anyMatch(entry -> entry.startsWith("*.") ? host.endsWith(entry.substring(1)) : host.equals(entry));
    }

    private static Set<String> entries(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .collect(Collectors.toSet());
    }

    private static Set<String> lower(Set<String> entries) {
        return entries.stream().map(e -> e.toLowerCase(Locale.ROOT)).collect(Collectors.toCollection(TreeSet::new));
    }
}
