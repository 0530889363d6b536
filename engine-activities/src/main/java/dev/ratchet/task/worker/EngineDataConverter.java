package dev.ratchet.task.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.ratchet.document.Json;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import java.lang.reflect.Type;

/**
 * How values become payloads: Temporal's usual converters with the engine's own JSON in place of theirs. Every client and
 * worker must use it, or one cannot read what the other wrote.
 */
public final class EngineDataConverter {
    private EngineDataConverter() {}

    /** A converter for client options; stateless, thread-safe. */
    public static DataConverter create() {
        return DefaultDataConverter.newDefaultInstance().withPayloadConverterOverrides(new Payloads());
    }

    /**
     * JSON by way of its characters where the way of its bytes fails: that one stops at a name with half a character in it,
     * which the gate for values mends once it is read.
     */
    private static final class Payloads extends JacksonJsonPayloadConverter {
        Payloads() {
            super(Json.mapper());
        }

        @Override
        public <T> T fromData(Payload content, Class<T> valueType, Type genericType) {
            try {
                return super.fromData(content, valueType, genericType);
            } catch (DataConverterException e) {
                try {
                    return Json.mapper()
                            .readValue(
                                    content.getData().toStringUtf8(),
                                    Json.mapper().constructType(genericType));
                } catch (JsonProcessingException again) {
                    e.addSuppressed(again);
                    throw e;
                }
            }
        }
    }
}
