package dev.ratchet.task.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.ratchet.task.FakeTaskContext;
import dev.ratchet.task.spi.Preparation;
import dev.ratchet.task.spi.TaskFailure;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ActivityExecutorTest {
    private final ActivityExecutor executor = new ActivityExecutor();

    @Test
    void shouldCallWhateverIsNamed() throws Exception {
        Preparation prepared = executor.prepare(FakeTaskContext.of("{'activity_type': 'resize'}"));

        assertThat(prepared).isInstanceOf(Preparation.Ready.class);
    }

    /** Their arguments may name anybody's values, runs and secrets. */
    @ParameterizedTest
    @MethodSource("activitiesOfTheEngine")
    void shouldNeverCallTheEnginesOwn(String type) {
        TaskFailure failure = catchThrowableOfType(
                TaskFailure.class, () -> executor.prepare(FakeTaskContext.of("{'activity_type': '" + type + "'}")));

        assertThat(failure.error().code()).isEqualTo("invalid_input");
        assertThat(failure.error().message()).startsWith("Expected ").contains(type);
    }

    static List<String> activitiesOfTheEngine() {
        List<String> types = new ClassFileImporter()
                .importPackages("dev.ratchet.workflow").stream()
                        .filter(type -> type.isAnnotatedWith(ActivityInterface.class))
                        .map(JavaClass::getMethods)
                        .flatMap(methods -> methods.stream())
                        .map(ActivityExecutorTest::type)
                        .sorted()
                        .toList();
        assertThat(types).contains("Dispatch", "Announce", "Inline");
        return types;
    }

    private static String type(JavaMethod method) {
        return method.getAnnotationOfType(ActivityMethod.class).name();
    }
}
