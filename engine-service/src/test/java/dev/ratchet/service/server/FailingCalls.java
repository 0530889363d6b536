package dev.ratchet.service.server;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/** Stands between a client and Temporal, and lets calls fail as a server in trouble would. Thread-safe. */
final class FailingCalls implements ClientInterceptor {
    private final Set<String> seen = new ConcurrentSkipListSet<>();
    private volatile @Nullable Trouble trouble;

    /** @param method whose calls fail; absent for all */
    private record Trouble(@Nullable String method, Status.Code code) {}

    void fail(@Nullable String method, Status.Code code) {
        trouble = new Trouble(method, code);
    }

    void heal() {
        trouble = null;
    }

    /** The methods that were called since this was asked last. */
    Set<String> seen() {
        Set<String> all = Set.copyOf(seen);
        seen.clear();
        return all;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        String name = String.valueOf(method.getBareMethodName());
        seen.add(name);
        Trouble now = trouble;
        if (now == null || (now.method() != null && !now.method().equals(name))) {
            return next.newCall(method, options);
        }
        Status status = now.code().toStatus().withDescription("injected");
        return new ForwardingClientCall.SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                listener.onClose(status, new Metadata());
            }

            @Override
            public void sendMessage(Q message) {}

            @Override
            public void halfClose() {}

            @Override
            public void request(int messages) {}

            @Override
            public void cancel(@Nullable String message, @Nullable Throwable cause) {}
        };
    }
}
