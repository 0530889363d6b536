package dev.ratchet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallsTest {
    @Test
    void shouldNameCallsOfTheDocumentWithTheCallsBeforeThem() {
        Calls calls = of("""
                {"id": "a", "type": "http"}, {"id": "w", "type": "wait", "deps": ["a"]},
                {"id": "b", "type": "http", "deps": ["a", "w"]}""", "");

        assertThat(calls.top()).containsExactly("a", "b");
        assertThat(calls.all()).hasSize(2).containsEntry("b", List.of("a"));
    }

    @Test
    void shouldFindTheItemsOfAMapInTheRun() {
        Calls calls = of("""
                {"id": "m", "type": "map", "body": [{"id": "a", "type": "http"}, {"id": "b", "type": "http", "deps": ["a"]}]}""", """
                "m": {}, "m[0].a": {}, "m[0].b": {}, "m[12].a": {}, "m[12].b": {}, "other[0].a": {}""");

        assertThat(calls.top()).isEmpty();
        assertThat(calls.all()).containsOnlyKeys("m[0].a", "m[0].b", "m[12].a", "m[12].b");
        assertThat(calls.all()).containsEntry("m[12].a", List.of()).containsEntry("m[12].b", List.of("m[12].a"));
    }

    @Test
    void shouldPutATurnBehindTheLastOneThatWasNotSkipped() {
        Calls calls = of("""
                {"id": "l", "type": "loop", "body": [{"id": "a", "type": "http"}]}""", """
                "l[0].a": {"state": "completed"}, "l[1].a": {"state": "skipped"}, "l[2].a": {"state": "completed"}""");

        assertThat(calls.all()).containsEntry("l[0].a", List.of()).containsEntry("l[2].a", List.of("l[0].a"));
    }

    private static Calls of(String document, String run) {
        return Calls.of(
                Json.read("{\"tasks\": [" + document + "]}", JsonNode.class),
                Json.read("{\"tasks\": {" + run + "}}", JsonNode.class));
    }
}
