package dev.ratchet.task.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.task.model.ModelCatalogue;
import dev.ratchet.task.model.ModelRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptInspectorTest {
    @Test
    void shouldRefuseTools() {
        assertThat(inspect(embedded(), "{\"prompt\": \"Hi\", \"tools\": []}"))
                .containsExactly(
                        "/tools INVALID_INPUT Expected no tools, which this version cannot give to a model, but the"
                                + " task names some");
    }

    @Test
    void shouldAcceptAPromptThatNamesNoModel() {
        assertThat(inspect(embedded(), "{\"prompt\": \"Hi\"}")).isEmpty();
    }

    @Test
    void shouldRefuseAPromptWithoutAModelWhereNoneAnswersByDefault() {
        ModelRegistry deployed = ModelRegistry.deployed(ModelCatalogue.builtIn());

        assertThat(inspect(deployed, "{\"prompt\": \"Hi\", \"model\": \"sim\"}"))
                .isEmpty();
        assertThat(inspect(deployed, "{\"prompt\": \"Hi\"}"))
                .singleElement()
                .asString()
                .startsWith(" MODEL_UNKNOWN Expected a model that this engine can call, but ");
    }

    private static ModelRegistry embedded() {
        return ModelRegistry.embedded(ModelCatalogue.builtIn());
    }

    private static List<String> inspect(ModelRegistry models, String config) {
        List<String> problems = new ArrayList<>();
        boolean quick = new PromptExecutor(models)
                .inspector()
                .inspect(
                        PromptTask.json(config),
                        (String pointer, ErrorCode code, String message) ->
                                problems.add(pointer + " " + code + " " + message));
        assertThat(quick).isFalse();
        return problems;
    }
}
