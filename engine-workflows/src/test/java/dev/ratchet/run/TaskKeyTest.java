package dev.ratchet.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.document.Json;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskKeyTest {
    @ParameterizedTest
    @CsvSource({
        "analyze, '', analyze",
        "a.b-c_1, '', a.b-c_1",
        "draft[2].write, draft[2], write",
        "draft[2].review[0].ask.me, draft[2].review[0], ask.me"
    })
    void shouldReadWhatItPrints(String text, String scope, String id) {
        assertThat(TaskKey.parse(text)).isEqualTo(new TaskKey(scope, id));
        assertThat(new TaskKey(scope, id)).hasToString(text);
    }

    @Test
    void shouldSortByScopeAndThenById() {
        List<String> sorted = new TreeSet<>(List.of(
                        TaskKey.parse("loop[1].a"), TaskKey.root("z"), TaskKey.parse("loop[0].b"), TaskKey.root("b")))
                .stream().map(TaskKey::toString).toList();

        assertThat(sorted).containsExactly("b", "z", "loop[0].b", "loop[1].a");
    }

    @Test
    void shouldTravelAsText() {
        assertThat(Json.write(TaskKey.parse("draft[2].write"))).isEqualTo("\"draft[2].write\"");
        assertThat(Json.read("\"draft[2].write\"", TaskKey.class)).isEqualTo(new TaskKey("draft[2]", "write"));
    }
}
