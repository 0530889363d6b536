package dev.ratchet.service.gateway;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.temporal.api.common.v1.Payload;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What Temporal's server refuses and its in-memory stand-in does not: payloads of 2 MB, messages of 4 MB. Keeps what it has
 * refused. Thread-safe.
 */
final class ServerLimits implements ClientInterceptor {
    private static final int MESSAGE = 4 * 1024 * 1024;
    private static final int PAYLOAD = 2 * 1024 * 1024;

    private final List<String> refused = new CopyOnWriteArrayList<>();

    /** What was too large so far. */
    List<String> refused() {
        return refused;
    }

    void forget() {
        refused.clear();
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new ForwardingClientCall.SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void sendMessage(Q message) {
                if (message instanceof Message sent) {
                    check(method.getBareMethodName(), sent);
                }
                super.sendMessage(message);
            }
        };
    }

    private void check(String call, Message sent) {
        int size = sent.getSerializedSize();
        int largest = size > PAYLOAD ? largestPayload(sent) : 0;
        if (size > MESSAGE || largest > PAYLOAD) {
            String what = call + " of " + size + " bytes, its largest payload of " + largest;
            refused.add(what);
            throw Status.INVALID_ARGUMENT.withDescription(what).asRuntimeException();
        }
    }

    private static int largestPayload(Object part) {
        return switch (part) {
            case Payload payload -> payload.getSerializedSize();
            case Collection<?> all ->
                all.stream().mapToInt(ServerLimits::largestPayload).max().orElse(0);
            case Message message -> largestPayload(message.getAllFields().values());
            default -> 0;
        };
    }
}
