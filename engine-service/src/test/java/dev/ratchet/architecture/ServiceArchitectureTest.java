package dev.ratchet.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.ratchet.architecture.services.gateway.AnswersHttp;
import dev.ratchet.architecture.services.live.LooksUp;
import dev.ratchet.architecture.services.resources.HasItsOwnClient;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ServiceArchitectureTest {
    private static final JavaClasses SHIPPED = MainClasses.of("dev.ratchet.service");

    @ParameterizedTest
    @MethodSource("rules")
    void shouldHold(ArchRule rule) {
        rule.check(SHIPPED);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void shouldCatchAClassThatBreaksIt(ArchRule rule, Class<?> bad) {
        var result = rule.evaluate(new ClassFileImporter().importClasses(bad));

        assertThat(result.hasViolation()).isTrue();
        assertThat(result.getFailureReport().toString()).contains(bad.getSimpleName());
    }

    static Stream<Named<ArchRule>> rules() {
        ServiceRules rules = new ServiceRules("dev.ratchet.service");
        return Stream.of(
                        rules.layers(),
                        rules.oneDoorToTemporal(),
                        rules.temporalBehindTheGateway(),
                        rules.webBehindTheResources())
                .map(rule -> Named.of(rule.getDescription(), rule));
    }

    static Stream<Arguments> broken() {
        ServiceRules bad = new ServiceRules("dev.ratchet.architecture.services");
        return Stream.of(
                broken(bad.layers(), LooksUp.class),
                broken(bad.oneDoorToTemporal(), HasItsOwnClient.class),
                broken(bad.temporalBehindTheGateway(), HasItsOwnClient.class),
                broken(bad.webBehindTheResources(), AnswersHttp.class));
    }

    private static Arguments broken(ArchRule rule, Class<?> bad) {
        return Arguments.of(Named.of(rule.getDescription(), rule), bad);
    }
}
