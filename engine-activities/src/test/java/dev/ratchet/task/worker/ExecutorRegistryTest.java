package dev.ratchet.task.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ratchet.plan.Policies;
import dev.ratchet.plan.TaskType;
import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskExecutor;
import dev.ratchet.task.spi.TaskResult;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExecutorRegistryTest {
    @Test
    void shouldOfferTheTypesInTheOrderOfTheirNames() {
        // given
        TaskExecutor b = new Named("b");
        ExecutorRegistry registry = new ExecutorRegistry(List.of(b, new Named("a")));

        // then
        assertThat(registry.all()).extracting(TaskType::name).containsExactly("a", "b");
        assertThat(registry.find("b")).isSameAs(b.type());
        assertThat(registry.executor("b")).isSameAs(b);
        assertThat(registry.find("c")).isNull();
        assertThat(registry.inspector("c")).isSameAs(TaskType.Inspector.NONE);
    }

    @Test
    void shouldRefuseTwoExecutorsOfOneType() {
        assertThatThrownBy(() -> new ExecutorRegistry(List.of(new Named("a"), new Named("a"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Expected one executor for the task type a, but both ");
    }

    private record Named(TaskType type) implements TaskExecutor {
        Named(String name) {
            this(new TaskType(
                    name,
                    Policies.ExecutionMode.DISPATCHED,
                    "A fake",
                    JsonNodeFactory.instance.objectNode(),
                    null,
                    null,
                    Set.of(),
                    Set.of(),
                    Set.of(),
                    null,
                    BigDecimal.ONE,
                    true));
        }

        @Override
        public TaskResult execute(TaskContext context) {
            return TaskResult.of(context.input());
        }
    }
}
