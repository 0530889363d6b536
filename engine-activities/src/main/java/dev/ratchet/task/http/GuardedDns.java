package dev.ratchet.task.http;

import dev.ratchet.task.egress.EgressDenied;
import dev.ratchet.task.egress.EgressGuard;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.jspecify.annotations.Nullable;

/** Hands the client checked addresses, and so the very ones that it connects to. */
record GuardedDns(EgressGuard guard) implements DnsResolver {
    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        try {
            return Arrays.stream(guard.resolve(bare, port))
                    .map(address -> new InetSocketAddress(address, port))
                    .toList();
        } catch (EgressDenied e) {
            throw new Refused(e);
        }
    }

    /** Never without a port: whether an address may be called depends on it. */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        throw new UnknownHostException(host);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    /** The denial behind what the client threw; absent when it is another failure. */
    static @Nullable EgressDenied denial(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof EgressDenied denied) {
                return denied;
            }
        }
        return null;
    }

    /** A denial in the only form that the client lets a resolver throw. */
    private static final class Refused extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        Refused(EgressDenied denied) {
            super(denied.reason());
            initCause(denied);
        }
    }
}
