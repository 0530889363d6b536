package dev.ratchet.service.embedded;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Who holds a data folder and where it can be reached: the content of {@code engine.json}. Later versions may add fields.
 *
 * @param pid of the engine's JVM
 * @param startedAt epoch milliseconds
 * @param api base URL of the API; absent until it listens
 * @param temporal {@code host:port} of Temporal; absent until it is healthy
 * @param temporalUi URL of Temporal's own page; absent without one
 * @param temporalPid of the Temporal server, if it is a process of its own
 * @param durable false if runs are lost when the engine ends
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EngineInfo(
        long pid,
        @JsonProperty("started_at") long startedAt,
        @Nullable String api,
        @Nullable String temporal,
        @JsonProperty("temporal_ui") @Nullable String temporalUi,
        @JsonProperty("temporal_pid") @Nullable Long temporalPid,
        boolean durable) {

    static EngineInfo starting() {
        return new EngineInfo(ProcessHandle.current().pid(), System.currentTimeMillis(), null, null, null, null, false);
    }

    EngineInfo withTemporal(TemporalServer server) {
        return new EngineInfo(
                pid,
                startedAt,
                api,
                server.address(),
                server.uiUrl().orElse(null),
                server.pid().orElse(null),
                server.durable());
    }

    EngineInfo withApi(String url) {
        return new EngineInfo(pid, startedAt, url, temporal, temporalUi, temporalPid, durable);
    }
}
