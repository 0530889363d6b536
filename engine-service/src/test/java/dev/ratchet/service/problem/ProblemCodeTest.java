package dev.ratchet.service.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.document.Problem;
import dev.ratchet.task.blob.BlobException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Walks the closed table of codes. */
class ProblemCodeTest {
    @Test
    void shouldHaveTheStatusesOfTheContract() {
        Map<Integer, String> table = new TreeMap<>(Arrays.stream(ProblemCode.values())
                .collect(Collectors.groupingBy(
                        ProblemCode::status, Collectors.mapping(ProblemCode::wire, Collectors.joining(" ")))));
        assertThat(table)
                .containsExactly(
                        Map.entry(400, "invalid_input"),
                        Map.entry(401, "unauthenticated"),
                        Map.entry(403, "forbidden"),
                        Map.entry(404, "run_not_found task_not_found not_found"),
                        Map.entry(405, "method_not_allowed"),
                        Map.entry(406, "not_acceptable"),
                        Map.entry(408, "request_timeout"),
                        Map.entry(
                                409,
                                "run_exists run_completed run_aborted revision_conflict task_not_waiting storage_damaged"),
                        Map.entry(413, "too_large"),
                        Map.entry(415, "unsupported_media_type"),
                        Map.entry(
                                422,
                                "dag_cycle dag_invalid dep_not_found model_unknown expression_invalid limit_exceeded patch_invalid"),
                        Map.entry(429, "rate_limited"),
                        Map.entry(500, "internal_error"),
                        Map.entry(503, "temporal_unavailable overloaded"));
    }

    @ParameterizedTest
    @EnumSource
    void shouldAnswerEachCodeAsAProblem(ProblemCode code) {
        try (Response answer = new ProblemMapper().toResponse(ProblemException.of(code, "Expected this, but that"))) {
            assertThat(answer.getStatus()).isEqualTo(code.status());
            assertThat(answer.getMediaType()).hasToString(ProblemBody.MEDIA_TYPE);
            ProblemBody body = (ProblemBody) answer.getEntity();
            assertThat(body.code()).isEqualTo(code.wire());
            assertThat(body.message()).isEqualTo(body.detail()).isEqualTo("Expected this, but that");
            assertThat(body.title()).isNotBlank();
        }
        assertThat(ProblemCode.of(code.wire())).contains(code);
    }

    @ParameterizedTest
    @EnumSource
    void shouldTakeTheCodeOfTheFirstProblem(ProblemCode code) {
        ProblemException refused = ProblemException.of(List.of(
                new Problem("/a", code.wire(), "Expected one, but two"), new Problem("/b", "dag_cycle", "Expected")));
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused).hasMessage("Expected one, but two (and 1 more)");
        assertThat(refused.errors()).hasSize(2);
    }

    @Test
    void shouldSayTheSameOfTheStoreWhereverItIsAsked() {
        try (Response lost = new ProblemMapper().toResponse(BlobException.damaged("0".repeat(64)))) {
            assertThat(lost.getStatus()).isEqualTo(409);
            assertThat(((ProblemBody) lost.getEntity()).code()).isEqualTo("storage_damaged");
            assertThat(((ProblemBody) lost.getEntity()).message()).contains("0".repeat(64));
        }
        try (Response away = new ProblemMapper().toResponse(BlobException.full(new IOException()))) {
            assertThat(away.getStatus()).isEqualTo(503);
            assertThat(((ProblemBody) away.getEntity()).code()).isEqualTo("overloaded");
            assertThat(away.getHeaderString("Retry-After")).isEqualTo("2");
        }
    }

    @Test
    void shouldSayWhenToTryAgain() {
        ProblemException passing =
                ProblemException.passing(ProblemCode.OVERLOADED, "Expected less, but more", Duration.ofMillis(1), null);
        try (Response answer = new ProblemMapper().toResponse(passing)) {
            assertThat(answer.getHeaderString("Retry-After")).isEqualTo("1");
        }
    }
}
