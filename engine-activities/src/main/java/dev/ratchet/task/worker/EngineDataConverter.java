package dev.ratchet.task.worker;

import dev.ratchet.document.Json;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;

/**
 * How values become payloads: Temporal's usual converters with the engine's own JSON in place of theirs. Every client and
 * worker must use it, or one cannot read what the other wrote.
 */
public final class EngineDataConverter {
    private EngineDataConverter() {}

    /** A converter for client options; stateless, thread-safe. */
    public static DataConverter create() {
        return DefaultDataConverter.newDefaultInstance()
                .withPayloadConverterOverrides(new JacksonJsonPayloadConverter(Json.mapper()));
    }
}
