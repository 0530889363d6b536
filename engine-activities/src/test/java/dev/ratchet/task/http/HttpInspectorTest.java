package dev.ratchet.task.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.document.Problem;
import dev.ratchet.task.FakeTaskContext;
import dev.ratchet.task.Inspected;
import dev.ratchet.task.egress.EgressPolicy;
import dev.ratchet.task.spi.TaskFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpInspectorTest {
    private final HttpExecutor executor = new HttpExecutor(HttpSettings.of(EgressPolicy.strict()));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'method': 'TRACE' | /method",
                "'method': 'CONNECT' | /method",
                "'success_status': 'ok' | /success_status",
                "'success_status': [] | /success_status",
                "'success_status': [99] | /success_status",
                "'success_status': '300-200' | /success_status",
                "'success_status': '200-600' | /success_status",
                "'success_status': [2.5] | /success_status",
                "'success_status': {} | /success_status",
                "'auth': {'integration': 'github'} | /auth/integration",
                "'auth': {'integration': '${input.x}'} | /auth/integration",
                "'auth': {'digest': 'x'} | /auth",
                "'auth': {'bearer': 'x', 'basic': {}} | /auth",
                "'auth': {'bearer': ''} | /auth/bearer",
                "'auth': {'bearer': 'canary\\r\\nX: y'} | /auth/bearer",
                "'auth': {'basic': {'username': 'canary:a', 'password': 'b'}} | /auth/basic",
                "'auth': {'basic': {'username': 'a'}} | /auth/basic",
                "'headers': 'x' | /headers",
                "'headers': {'X-A': 'canary\\r\\nX-B: c'} | /headers",
                "'headers': {'X-A': 'canary\\n'} | /headers",
                "'headers': {'X-A': 'canary\\u0000'} | /headers",
                "'headers': {'X-A': 'canaryé'} | /headers",
                "'headers': {'X-A': null} | /headers",
                "'headers': {'X-A': ['canary']} | /headers",
                "'headers': {'X A': 'canary'} | /headers",
                "'headers': {'X-A\\r\\nX-B': 'canary'} | /headers",
                "'headers': {'': 'canary'} | /headers",
                "'headers': {'X-A': 'a', 'x-a': 'b'} | /headers",
                "'headers': {'Host': 'inside.example'} | /headers",
                "'headers': {'Content-Length': '5'} | /headers",
                "'headers': {'Transfer-Encoding': 'chunked'} | /headers",
                "'headers': {'connection': 'close'} | /headers"
            })
    void shouldRefuseAtSubmitAndAtRunTimeWithoutTheValue(String field, String pointer) {
        String config = "{'url': 'http://example.com', " + field + "}";
        assertThat(Inspected.of(executor, config).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.pointer()).isEqualTo(pointer);
            assertThat(problem.code()).isEqualTo("invalid_input");
            assertThat(problem.message()).startsWith("Expected ").doesNotContain("canary");
        });
        TaskFailure failure = failure(FakeTaskContext.of(config));
        assertThat(failure.error().code()).isEqualTo("invalid_input");
        assertThat(failure.error().message()).doesNotContain("canary");
        assertThat(failure.isRetryable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'query': 'x=1'",
                "'query': {'a': {'b': 1}}",
                "'query': {'a': [[1]]}",
                "'body': [1], 'headers': {'content-type': 'application/x-www-form-urlencoded'}",
                "'auth': {'bearer': 'x'}, 'headers': {'Authorization': 'y'}"
            })
    void shouldRefuseWhatIsKnownLate(String field) {
        TaskFailure failure = failure(FakeTaskContext.of("{'url': 'http://example.com', " + field + "}"));
        assertThat(failure.error().code()).isEqualTo("invalid_input");
    }

    @Test
    void shouldWantAUrl() {
        assertThat(Inspected.of(executor, "{}").problems())
                .containsExactly(new Problem("", "invalid_input", "Expected 'url', but there is none"));
        assertThat(failure(FakeTaskContext.of("{'url': 5}")).error().code()).isEqualTo("invalid_input");
    }

    @Test
    void shouldLeaveTemplatesForLater() {
        JsonNode config = Json.read("""
                {"url": "${input.url}", "method": "${input.method}", "success_status": "${input.codes}",
                 "auth": {"bearer": "${secrets.TOKEN}"}, "headers": {"X-Key": "${secrets.KEY}", "X-A": "b"}}""", JsonNode.class);
        assertThat(Inspected.of(executor, config)).isEqualTo(new Inspected(false, java.util.List.of()));
    }

    private TaskFailure failure(FakeTaskContext context) {
        return catchThrowableOfType(TaskFailure.class, () -> executor.execute(context));
    }
}
