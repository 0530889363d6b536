package dev.ratchet.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.ratchet.architecture.bad.document.LooksUp;
import dev.ratchet.architecture.bad.plan.Shouts;
import dev.ratchet.architecture.bad.run.Evaluates;
import dev.ratchet.architecture.bad.run.KnowsTemporal;
import dev.ratchet.architecture.bad.run.LooksAtTheClock;
import dev.ratchet.architecture.bad.run.ReadsFiles;
import dev.ratchet.architecture.bad.run.StartsThreads;
import dev.ratchet.architecture.bad.run.WalksHashes;
import dev.ratchet.architecture.bad.stray.HasNoPlace;
import dev.ratchet.architecture.bad.verdict.Locks;
import dev.ratchet.architecture.bad.verdict.WalksCopies;
import dev.ratchet.architecture.bad.workflow.MakesIds;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final String BASE = "dev.ratchet";
    private static final String BAD_BASE = "dev.ratchet.architecture.bad";
    private static final JavaClasses SHIPPED = MainClasses.of(BASE);
    private static final Determinism BAD = new Determinism(BAD_BASE);

    @ParameterizedTest
    @MethodSource("rules")
    void shouldHold(ArchRule rule) {
        rule.check(SHIPPED);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void shouldCatchAClassThatBreaksIt(ArchRule rule, Class<?> bad) {
        JavaClasses classes = new ClassFileImporter().importClasses(bad);

        var result = rule.allowEmptyShould(true).evaluate(classes);

        assertThat(result.hasViolation()).isTrue();
        assertThat(result.getFailureReport().toString()).contains(bad.getSimpleName());
    }

    @Test
    void shouldHaveACounterexampleForEachRule() {
        List<String> shown =
                broken().map(broken -> description(broken.get()[0])).toList();

        assertThat(shown).containsAll(namesOf(rulesBelow(BAD_BASE)));
    }

    @Test
    void shouldSeeEveryPackageOfTheModule() {
        assertThat(SHIPPED.stream().map(type -> type.getPackageName()).distinct())
                .contains(BASE + ".document", BASE + ".plan", BASE + ".run", BASE + ".workflow");
    }

    static Stream<Named<ArchRule>> rules() {
        return rulesBelow(BASE).map(rule -> named(rule.getDescription(), rule));
    }

    private static Stream<ArchRule> rulesBelow(String base) {
        return Stream.concat(
                new Determinism(base).all().stream(),
                Stream.of(EngineLayers.of(base).rule()));
    }

    private static List<String> namesOf(Stream<ArchRule> rules) {
        return rules.map(ArchRule::getDescription).toList();
    }

    static Stream<Arguments> broken() {
        ArchRule layers = EngineLayers.of(BAD_BASE).rule();
        return Stream.of(
                broken(layers, LooksUp.class),
                broken(layers, Evaluates.class),
                broken(layers, HasNoPlace.class),
                broken(BAD.noClock(), LooksAtTheClock.class),
                broken(BAD.noChance(), MakesIds.class),
                broken(BAD.noThreads(), StartsThreads.class),
                broken(BAD.noMonitors(), Locks.class),
                broken(BAD.noHashOrder(), WalksHashes.class),
                broken(BAD.noHashOrder(), WalksCopies.class),
                broken(BAD.noSurroundings(), ReadsFiles.class),
                broken(BAD.noLocale(), Shouts.class),
                broken(BAD.temporalInTheShellOnly(), KnowsTemporal.class));
    }

    private static Arguments broken(ArchRule rule, Class<?> bad) {
        return Arguments.of(named(rule.getDescription(), rule), bad);
    }

    private static String description(Object rule) {
        return ((Named<?>) rule).getName();
    }
}
