package dev.ratchet.architecture;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.Map;
import java.util.Set;

/**
 * Which packages under a base may use which others there. A package that is not named may use, and be used by, nothing:
 * a new one has to find its place first.
 *
 * @param base package that holds them all
 * @param below for each package, by its first segment below the base, those that it may use; the base itself is ""
 */
record Layers(String base, Map<String, Set<String>> below) {
    ArchRule rule() {
        return classes()
                .that()
                .resideInAPackage(base + "..")
                .should(lookDownOnly())
                .as("Imports below " + base + " run downward only");
    }

    private ArchCondition<JavaClass> lookDownOnly() {
        return new ArchCondition<>("use packages below their own only") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> isUpward(type, dependency))
                        .forEach(dependency -> events.add(violated(dependency, dependency.getDescription())));
            }
        };
    }

    private boolean isUpward(JavaClass type, Dependency dependency) {
        String target = dependency.getTargetClass().getBaseComponentType().getPackageName();
        if (!target.equals(base) && !target.startsWith(base + ".")) {
            return false;
        }
        String from = segment(type.getPackageName());
        String to = segment(target);
        return !from.equals(to) && !below.getOrDefault(from, Set.of()).contains(to);
    }

    private String segment(String name) {
        if (name.equals(base)) {
            return "";
        }
        String inside = name.substring(base.length() + 1);
        int dot = inside.indexOf('.');
        return dot < 0 ? inside : inside.substring(0, dot);
    }
}
