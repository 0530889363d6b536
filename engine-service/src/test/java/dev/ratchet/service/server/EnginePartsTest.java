package dev.ratchet.service.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.document.Problem;
import dev.ratchet.document.StrictJson;
import dev.ratchet.service.config.Environment;
import dev.ratchet.service.config.RatchetConfig;
import dev.ratchet.task.egress.EgressPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What configuration changes about the engine. */
class EnginePartsTest {
    private static final String DOCUMENT = """
            {"policy": {"max_parallelism": 4},
             "tasks": [{"id": "a", "type": "function", "function": "echo", "input": {"x": {"y": "${input.name}"}}},
                       {"id": "b", "type": "function", "function": "noop", "deps": ["a"]},
                       {"id": "c", "type": "function", "function": "noop", "deps": ["a"]}]}""";

    @TempDir
    private Path home;

    @ParameterizedTest
    @CsvSource({
        "BODY_BYTES, 100, too_large",
        "JSON_DEPTH, 4, invalid_input",
        "TASKS, 2, limit_exceeded",
        "EDGES, 1, limit_exceeded",
        "PARALLELISM, 3, invalid_input",
        "EXPRESSION_BYTES, 8, expression_invalid",
    })
    void shouldRefuseWhatPassesALimitOfTheConfiguration(String limit, String value, String code) {
        assertThat(problems(Map.of())).isEmpty();
        assertThat(problems(Map.of("RATCHET_LIMITS_" + limit, value)))
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.code()).isEqualTo(code));
    }

    @Test
    void shouldSayWhichModelsThereAreWhenOneIsNotOffered() {
        JsonNode document = Json.read(
                "{\"tasks\": [{\"id\": \"a\", \"prompt\": \"x\", \"model\": \"claude-3-haiku-20240307\"}]}",
                JsonNode.class);

        List<Problem> problems = EngineParts.of(config(Map.of()), false)
                .compiler()
                .inspect(document)
                .problems();

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("model_unknown");
            assertThat(problem.message())
                    .startsWith("Expected a model that this engine can call, but claude-3-haiku-20240307 is one of")
                    .contains("offered are: sim");
        });
    }

    @Test
    void shouldLetTasksCallWhatTheConfigurationSays() throws Exception {
        Path file = Files.writeString(
                home.resolve("ratchet.yaml"), "egress_allow: ['localhost:9000']\negress_deny: ['*.example.com']\n");

        EgressPolicy policy = EngineParts.egress(RatchetConfig.load(file, new Environment(Map.of(), home)));

        assertThat(policy.allow()).containsExactly("localhost:9000");
        assertThat(policy.deny()).containsExactly("*.example.com");
        assertThat(EngineParts.egress(config(Map.of("RATCHET_EGRESS_DENY", "example.org")))
                        .deny())
                .containsExactly("example.org");
    }

    private List<Problem> problems(Map<String, String> variables) {
        RatchetConfig config = config(variables);
        StrictJson json = new StrictJson(EngineParts.bodyLimits(config));
        return switch (json.read(DOCUMENT.getBytes(StandardCharsets.UTF_8))) {
            case StrictJson.Parsed.Refused refused -> refused.problems();
            case StrictJson.Parsed.Tree tree ->
                EngineParts.compiler(config).inspect(tree.json()).problems();
        };
    }

    private RatchetConfig config(Map<String, String> variables) {
        return RatchetConfig.load(null, new Environment(variables, home));
    }
}
