package dev.ratchet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ratchet.document.Problem;
import dev.ratchet.testkit.Compiling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a@g b@g:a c:b",
                "x a@g:x b@g:a,x y:a z:y,b",
                "a@g b@h:a c@i:b",
                "a@g b@g",
                "a@g",
                "a@g x:a b@h:x",
            })
    void shouldAcceptGroupsThatCanRunInOnePiece(String graph) {
        assertThat(Compiling.compile(tasks(graph)).problems()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "a@g x:a b@g:x | /tasks/0/group | g | group g → x → group g",
                "a@g x:a y:x b@g:y,a z:b | /tasks/0/group | g | group g → x → y → group g",
                "b@g:x x:a a@g | /tasks/0/group | g | group g → x → group g",
                "a@g b@h c@h:a d@g:b | /tasks/0/group | g | group g → group h → group g",
                "q a@k:q b@g:a c@g x:b d@g:x | /tasks/2/group | g | group g → x → group g",
            })
    void shouldRefuseGroupsThatNeedThemselves(String graph, String pointer, String group, String path) {
        assertThat(Compiling.compile(tasks(graph)).problems())
                .containsExactly(new Problem(
                        pointer,
                        "dag_invalid",
                        "Expected group '" + group
                                + "' to need nothing from outside that needs the group itself, but it does: " + path));
    }

    @Test
    void shouldRefuseEachGroupThatNeedsItself() {
        assertThat(Compiling.compile(tasks("a@g x:a b@g:x c@h y:c d@h:y")).problems())
                .extracting(Problem::pointer)
                .containsExactly("/tasks/0/group", "/tasks/3/group");
    }

    @Test
    void shouldRefuseMembersThatPark() {
        Compilation compilation = Compiling.compile("""
                {'nodes': [{'id': 'a', 'type': 'function', 'group': 'g'},
                           {'id': 'b', 'type': 'agent', 'config': {'group': 'g'}}]}""");

        assertThat(compilation.problems())
                .containsExactly(
                        new Problem(
                                "/nodes/1/config/group",
                                "dag_invalid",
                                "Expected the tasks of group 'g' to be of types that can travel together, but 'b' is of type agent"));
    }

    @Test
    void shouldRefuseMembersForDifferentWorkers() {
        Compilation compilation = Compiling.compile("""
                {'tasks': [{'id': 'a', 'type': 'function', 'group': 'g', 'task_queue': 'gpu'},
                           {'id': 'b', 'type': 'function', 'group': 'g'}]}""");

        assertThat(compilation.problems())
                .containsExactly(new Problem(
                        "/tasks/1/group",
                        "dag_invalid",
                        "Expected the tasks of group 'g' to have one task_queue, but 'b' has another than 'a'"));
    }

    /** {@code b@g:a} is a task {@code b} of group {@code g} that depends on {@code a}. */
    private static String tasks(String graph) {
        StringBuilder tasks = new StringBuilder();
        for (String task : graph.split(" ", -1)) {
            String[] parts = task.split(":", -1);
            String[] name = parts[0].split("@", -1);
            String deps = parts.length == 1 ? "" : "'" + parts[1].replace(",", "', '") + "'";
            String group = name.length == 1 ? "" : "'group': '" + name[1] + "', ";
            tasks.append(tasks.isEmpty() ? "" : ", ");
            tasks.append("{'id': '" + name[0] + "', 'type': 'function', " + group + "'deps': [" + deps + "]}");
        }
        return "{'tasks': [" + tasks + "]}";
    }
}
