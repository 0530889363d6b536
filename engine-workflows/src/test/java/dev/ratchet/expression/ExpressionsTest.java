package dev.ratchet.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionsTest {
    private final Names names = Names.of(Root.INPUT, Root.OUTPUT).withTasks(Set.of("a", "t0-1")::contains);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tasks.a.output",
                "ctx.a.output.score + 1",
                "tasks['a'].output",
                "tasks[\"a\"]['output']",
                "size(tasks.a.output[0]) > 1",
                "has(tasks.a.output)",
                "input.list.all(x, x == tasks.a.output)",
                "{'k': [tasks.a.output]}.k[0]",
                "input[tasks.a.output.key]",
            })
    void shouldFindTheTaskWhoseOutputIsRead(String cel) {
        Reads reads = Expressions.check(cel, names).reads();

        assertThat(reads.tasks()).containsExactly("a");
        assertThat(reads.outputs()).containsExactly("a");
    }

    @Test
    void shouldFindAllThatIsRead() {
        Reads reads = Expressions.check("tasks['t0-1'].state == 'failed' || tasks.a.output > input.n", names)
                .reads();

        assertThat(reads.roots()).containsExactly(Root.INPUT, Root.TASKS);
        assertThat(reads.tasks()).containsExactly("a", "t0-1");
        assertThat(reads.outputs()).containsExactly("a");
        assertThat(reads.secrets()).isEmpty();
        assertThat(reads.onlyOutput()).isFalse();
        assertThat(Expressions.check("output.score > 1", names).reads().onlyOutput())
                .isTrue();
    }

    @Test
    void shouldFindNothingInConstantsAndText() {
        assertThat(Expressions.check("'tasks.zzz.output' + \"secrets.X\" // input.a", Names.of())
                        .reads())
                .isEqualTo(Reads.NONE);
    }

    @Test
    void shouldTellAVariableOfALoopFromARootOfTheSameName() {
        Names input = Names.of(Root.INPUT);

        assertThat(Expressions.check("input.filter(item, item.ok)", input)
                        .reads()
                        .roots())
                .containsExactly(Root.INPUT);
        assertThatThrownBy(() -> Expressions.check("input.filter(i, item.ok)", input))
                .hasMessage("Expected one of the names input, but 'item' is not available in this field");
        assertThatThrownBy(() -> Expressions.check("input.all(item, item.ok) && item.ok", input))
                .hasMessageContaining("'item' is not available");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    foo                            | Expected a known name such as input, output or tasks, but found 'foo'
                    foo.bar(1)                     | Expected a known name such as input, output or tasks, but found 'foo'
                    input.x + foo                  | Expected a known name such as input, output or tasks, but found 'foo'
                    google.protobuf.NullValue      | Expected a known name such as input, output or tasks, but found 'google'
                    args.x                         | Expected one of the names input, output, tasks, but 'args' is not available in this field
                    secrets.TOKEN                  | Expected one of the names input, output, tasks, but 'secrets' is not available in this field
                    'a' + secrets['TOKEN']         | Expected one of the names input, output, tasks, but 'secrets' is not available in this field
                    tasks.zzz.output               | Expected tasks that are always settled before this one, but 'zzz' is not
                    'x' + ctx['z-z'].output        | Expected tasks that are always settled before this one, but 'z-z' is not
                    tasks                          | Expected 'tasks' to be followed by the id of a task, written out, but it stands alone or is indexed by something computed
                    size(tasks)                    | Expected 'tasks' to be followed by the id of a task, written out, but it stands alone or is indexed by something computed
                    tasks[input.x].output          | Expected 'tasks' to be followed by the id of a task, written out, but it stands alone or is indexed by something computed
                    tasks['a' + ''].output         | Expected 'tasks' to be followed by the id of a task, written out, but it stands alone or is indexed by something computed
                    tasks.exists(t, true)          | Expected 'tasks' to be followed by the id of a task, written out, but it stands alone or is indexed by something computed
                    tasks.a                        | Expected 'tasks.a' to be followed by one of error, output, state, written out, but it stands alone or is indexed by something computed
                    has(tasks.a)                   | Expected 'tasks.a' to be followed by one of error, output, state, written out, but it stands alone or is indexed by something computed
                    tasks.a[input.f]               | Expected 'tasks.a' to be followed by one of error, output, state, written out, but it stands alone or is indexed by something computed
                    tasks.a.usage                  | Expected one of error, output, state after 'tasks.a', but found 'usage'
                    run.secret                     | Expected one of id, labels, organization after 'run', but found 'secret'
                    secrets                        | Expected 'secrets' to be followed by the name of a secret, written out, but it stands alone or is indexed by something computed
                    secrets[input.x]               | Expected 'secrets' to be followed by the name of a secret, written out, but it stands alone or is indexed by something computed
                    input.x(                       | Expected a valid expression, but at line 1, column 9: mismatched input '<EOF>'
                    1 + 'a'                        | Expected a valid expression, but at line 1, column 3: found no matching overload for '_+_' applied to '(int, string)'
                    nope(1)                        | Expected a valid expression, but at line 1, column 5: undeclared reference to 'nope' (in container '')
                    google.protobuf.Value{}        | Expected lists and maps, but 'google.protobuf.Value{…}' makes a message
                    input.x.matches('(')           | Expected a pattern in RE2 syntax, but it is not one: missing closing )
                    """)
    void shouldRefuse(String cel, String message) {
        assertThatThrownBy(() -> Expressions.check(cel, names))
                .isInstanceOfSatisfying(
                        ExpressionException.class, e -> assertThat(e.code()).isEqualTo("expression_invalid"))
                .hasMessage(message);
    }

    @Test
    void shouldReadSecretsWhereTheyAreAllowed() {
        Reads reads = Expressions.check("'Bearer ' + secrets.TOKEN", names.with(Root.SECRETS))
                .reads();

        assertThat(reads.secrets()).containsExactly("TOKEN");
        assertThatThrownBy(() -> Expressions.check(
                        "secrets.TOKEN", names.with(Root.SECRETS).without(Root.SECRETS)))
                .isInstanceOf(ExpressionException.class);
        assertThatThrownBy(() -> Expressions.check("secrets.TOKEN", Names.any()))
                .isInstanceOf(ExpressionException.class);
    }

    @Test
    void shouldJoinReads() {
        Reads both = Expressions.check("tasks.a.output", names)
                .reads()
                .and(Expressions.check("input.x", names).reads());

        assertThat(both.roots()).containsExactly(Root.INPUT, Root.TASKS);
        assertThat(both.outputs()).containsExactly("a");
        assertThat(both.and(Reads.NONE)).isEqualTo(both).isEqualTo(Reads.NONE.and(both));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\n"})
    void shouldRefuseNothing(String cel) {
        assertThatThrownBy(() -> Expressions.check(cel, names)).hasMessage("Expected an expression, but it is empty");
    }
}
