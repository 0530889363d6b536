package dev.ratchet.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.ratchet.architecture.tasks.dispatch.KnowsATaskType;
import dev.ratchet.architecture.tasks.prompt.KnowsTemporal;
import dev.ratchet.architecture.tasks.spi.LeaksTheEngine;
import org.junit.jupiter.api.Test;

class WorkerArchitectureTest {
    private static final WorkerRules RULES = new WorkerRules("dev.ratchet.task");
    private static final WorkerRules BAD = new WorkerRules("dev.ratchet.architecture.tasks");
    private static final JavaClasses SHIPPED = MainClasses.of("dev.ratchet.task");

    @Test
    void shouldKeepTaskTypesApartFromTheEngineAndEachOther() {
        RULES.layers().check(SHIPPED);
    }

    @Test
    void shouldKnowTemporalWhereAttemptsAreCarriedOnly() {
        RULES.temporalInDispatchAndWorkerOnly().check(SHIPPED);
    }

    @Test
    void shouldCatchAnEngineThatKnowsATaskType() {
        assertBroken(BAD.layers(), KnowsATaskType.class);
    }

    @Test
    void shouldCatchAPluginInterfaceThatShowsTheEngine() {
        assertBroken(BAD.layers(), LeaksTheEngine.class);
    }

    @Test
    void shouldCatchATaskTypeThatKnowsTemporal() {
        assertBroken(BAD.temporalInDispatchAndWorkerOnly(), KnowsTemporal.class);
    }

    private static void assertBroken(ArchRule rule, Class<?> bad) {
        var result = rule.evaluate(new ClassFileImporter().importClasses(bad));

        assertThat(result.hasViolation()).isTrue();
        assertThat(result.getFailureReport().toString()).contains(bad.getSimpleName());
    }
}
