package dev.ratchet.service.patch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Json;
import dev.ratchet.document.Problem;
import org.junit.jupiter.api.Test;

/** Whoever sent a patch is told what is wrong by places in what they sent. */
class OriginsTest {
    private static final String THREE =
            "{'tasks': [{'id': 'a'}, {'id': 'b', 'deps': ['a'], 'prompt': 'x'}, {'id': 'c', 'deps': ['b']}]}";
    private static final String D = "{'op': 'add', 'path': '/tasks/-', 'value': {'id': 'd', 'deps': ['a', 'b', 'x']}}";

    @Test
    void shouldPointIntoTheValueOfAnOperation() {
        Origins origins = patched(THREE, D, "{'op': 'replace', 'path': '/tasks/1/prompt', 'value': 7}");
        assertThat(pointer(origins, "/tasks/3/deps/2")).isEqualTo("/operations/0/value/deps/2");
        assertThat(pointer(origins, "/tasks/3")).isEqualTo("/operations/0/value");
        assertThat(pointer(origins, "/tasks/1/prompt")).isEqualTo("/operations/1/value");
        assertThat(message(origins, "/tasks/1/prompt")).isEqualTo("Expected this, but it is that");
    }

    @Test
    void shouldFollowElementsThatMove() {
        Origins origins = patched(
                THREE,
                D,
                "{'op': 'add', 'path': '/tasks/0', 'value': {'id': 'first'}}",
                "{'op': 'remove', 'path': '/tasks/2'}",
                "{'op': 'add', 'path': '/tasks/1/deps', 'value': []}",
                "{'op': 'add', 'path': '/tasks/1/deps/-', 'value': 'x'}");
        assertThat(pointer(origins, "/tasks/3/deps/2")).isEqualTo("/operations/0/value/deps/2");
        assertThat(pointer(origins, "/tasks/0/id")).isEqualTo("/operations/1/value/id");
        assertThat(pointer(origins, "/tasks/1/deps/0")).isEqualTo("/operations/4/value");
    }

    @Test
    void shouldForgetWhatWasReplacedOrRemovedAgain() {
        Origins origins = patched(
                THREE,
                D,
                "{'op': 'replace', 'path': '/tasks/3', 'value': {'id': 'e'}}",
                "{'op': 'add', 'path': '/tasks/-', 'value': {'id': 'f'}}",
                "{'op': 'remove', 'path': '/tasks/3'}");
        assertThat(pointer(origins, "/tasks/3/id")).isEqualTo("/operations/2/value/id");
    }

    @Test
    void shouldPointToTheWholeOfAnArrayWhoseElementsMoved() {
        Origins origins = patched(
                THREE,
                D,
                "{'op': 'remove', 'path': '/tasks/3/deps/0'}",
                "{'op': 'add', 'path': '/tasks/3/deps/0', 'value': 'y'}");
        assertThat(pointer(origins, "/tasks/3/deps/2")).isEqualTo("/operations/0/value/deps");
        assertThat(pointer(origins, "/tasks/3/deps/0")).isEqualTo("/operations/2/value");
        assertThat(pointer(origins, "/tasks/3/id")).isEqualTo("/operations/0/value/id");
    }

    @Test
    void shouldPointToTheOperationThatRemovedWhatIsMissing() {
        Origins origins = patched(
                THREE,
                "{'op': 'remove', 'path': '/tasks/1/prompt'}",
                "{'op': 'add', 'path': '/tasks/0/x', 'value': 1}");
        assertThat(pointer(origins, "/tasks/1")).isEqualTo("/operations/0");
        assertThat(message(origins, "/tasks/1"))
                .isEqualTo("Expected this, but it is that (at /tasks/1 of the patched document)");
        assertThat(pointer(origins, "/tasks/2/deps/0")).isEqualTo("/operations");
        assertThat(pointer(origins, "/tasks")).isEqualTo("/operations");
    }

    @Test
    void shouldPointToTheOnlyOperationThatChangesAnything() {
        Origins origins = patched(
                THREE, "{'op': 'test', 'path': '/tasks/0/id', 'value': 'a'}", "{'op': 'remove', 'path': '/tasks/1'}");
        assertThat(pointer(origins, "/tasks/1/deps/0")).isEqualTo("/operations/1");
        assertThat(pointer(origins, "")).isEqualTo("/operations/1");
        assertThat(message(origins, "")).isEqualTo("Expected this, but it is that");
    }

    @Test
    void shouldPointToAddedTasksInEitherForm() {
        JsonNode tasks = json("[{'id': 'd', 'deps': ['a', {'task': 'b', 'when': 'x', 'odd': {'~': 1}}]}, {'id': 'e'}]");
        Origins plain = Additions.patch(tasks, "/tasks", object(THREE))
                .apply(object(THREE))
                .origins();
        assertThat(pointer(plain, "/tasks/3/deps/1/when")).isEqualTo("/tasks/0/deps/1/when");
        assertThat(pointer(plain, "/tasks/4")).isEqualTo("/tasks/1");

        ObjectNode nodes = object("{'nodes': [{'id': 'a'}, {'id': 'b'}]}");
        DocumentPatch.Patched patched = Additions.patch(tasks, "/tasks", nodes).apply(nodes);
        assertThat(patched.document().path("edges")).hasSize(2);
        assertThat(pointer(patched.origins(), "/nodes/2/id")).isEqualTo("/tasks/0/id");
        assertThat(pointer(patched.origins(), "/nodes/3")).isEqualTo("/tasks/1");
        assertThat(pointer(patched.origins(), "/edges/0/from")).isEqualTo("/tasks/0/deps/0");
        assertThat(pointer(patched.origins(), "/edges/1/from")).isEqualTo("/tasks/0/deps/1/task");
        assertThat(pointer(patched.origins(), "/edges/1/condition")).isEqualTo("/tasks/0/deps/1/when");
        assertThat(pointer(patched.origins(), "/edges/1/odd/~0")).isEqualTo("/tasks/0/deps/1/odd/~0");
        assertThat(pointer(patched.origins(), "/edges/1/to")).isEqualTo("/tasks/0/id");
    }

    private static Origins patched(String document, String... operations) {
        return DocumentPatch.read(json("[" + String.join(",", operations) + "]"), "/operations", 100)
                .apply(object(document))
                .origins();
    }

    private static String pointer(Origins origins, String pointer) {
        return origins.trace(problem(pointer)).pointer();
    }

    private static String message(Origins origins, String pointer) {
        return origins.trace(problem(pointer)).message();
    }

    private static Problem problem(String pointer) {
        return new Problem(pointer, "invalid_input", "Expected this, but it is that");
    }

    private static ObjectNode object(String text) {
        return (ObjectNode) json(text);
    }

    private static JsonNode json(String text) {
        return Json.read(text.replace('\'', '"'), JsonNode.class);
    }
}
