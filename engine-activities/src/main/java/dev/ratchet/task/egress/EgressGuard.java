package dev.ratchet.task.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Decides what may be called. A URL is read once; its host is resolved once, when the connection is made, and that
 * connection goes to the very address that was checked, so an answer of the name service that changes gains nothing.
 * Thread-safe.
 */
public final class EgressGuard {
    /** The name service. */
    @FunctionalInterface
    public interface Names {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private final EgressPolicy policy;
    private final Names names;

    public EgressGuard(EgressPolicy policy) {
        this(policy, InetAddress::getAllByName);
    }

    /** With another name service. */
    public EgressGuard(EgressPolicy policy, Names names) {
        this.policy = policy;
        this.names = names;
    }

    /**
     * Reads and checks a URL, as far as that goes without the name service.
     *
     * @throws EgressDenied when it may not be called
     */
    public Target check(String url) throws EgressDenied {
        return check(Target.parse(url));
    }

    /**
     * Checks where a redirect leads.
     *
     * @throws EgressDenied when it may not be called
     */
    public Target check(Target target) throws EgressDenied {
        String host = target.host();
        byte @Nullable [] literal = literal(host);
        checkPort(host, target.port());
        if (literal != null) {
            checkAddress(host, target.port(), literal);
        }
        return target;
    }

    /**
     * The addresses to connect to for a host that {@link #check} let through.
     *
     * @throws EgressDenied when one of its addresses may not be called
     * @throws UnknownHostException when it has none
     */
    public InetAddress[] resolve(String host, int port) throws EgressDenied, UnknownHostException {
        checkPort(host, port);
        byte @Nullable [] literal = literal(host);
        InetAddress[] addresses =
                literal == null ? names.resolve(host) : new InetAddress[] {InetAddress.getByAddress(literal)};
        for (InetAddress address : addresses) {
            checkAddress(host, port, address.getAddress());
        }
        return addresses;
    }

    private void checkPort(String host, int port) throws EgressDenied {
        if (policy.denies(host)) {
            throw new EgressDenied("Expected a host that may be called, but configuration denies '" + host + "'");
        }
        if (policy.closedPorts().contains(port) && !policy.allows(host, port)) {
            throw new EgressDenied("Expected a port that may be called, but " + port + " is closed to tasks");
        }
    }

    private void checkAddress(String host, int port, byte[] address) throws EgressDenied {
        String refusal = AddressTable.refusal(address);
        if (refusal != null && !policy.allows(host, port)) {
            throw new EgressDenied("Expected a host with a public address, but '" + host + "' has " + refusal
                    + "; configuration can allow '" + EgressPolicy.entry(host, port) + "'");
        }
    }

    private static byte @Nullable [] literal(String host) {
        return host.indexOf(':') >= 0 ? IpText.v6(host) : IpText.v4(host);
    }
}
