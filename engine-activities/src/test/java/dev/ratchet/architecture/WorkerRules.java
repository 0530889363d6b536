package dev.ratchet.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;

/** What the packages of this module may know of each other. */
final class WorkerRules {
    private static final Map<String, Set<String>> BELOW = Map.ofEntries(
            // What authors of plug-ins read: nothing of the engine shows through it.
            Map.entry("spi", Set.of()),
            Map.entry("blob", Set.of()),
            Map.entry("secret", Set.of()),
            Map.entry("egress", Set.of()),
            Map.entry("schema", Set.of()),
            // One package for each task type; none knows another, or who calls it.
            Map.entry("function", Set.of("spi")),
            Map.entry("transform", Set.of("spi")),
            Map.entry("waiting", Set.of("spi")),
            Map.entry("flow", Set.of("spi")),
            Map.entry("external", Set.of("spi")),
            Map.entry("child", Set.of("spi")),
            // What Temporal knows of executions.
            Map.entry("execution", Set.of()),
            // Starts and stops the runs that carry out tasks of others.
            Map.entry("delegation", Set.of("spi", "blob", "execution")),
            Map.entry("asking", Set.of("spi")),
            Map.entry("agent", Set.of("spi", "asking")),
            Map.entry("approval", Set.of("spi", "asking", "schema")),
            Map.entry("http", Set.of("spi", "egress")),
            // Tells whoever is to answer for a task that waits, whatever its type.
            Map.entry("assignment", Set.of("spi", "blob", "egress", "http", "secret", "execution")),
            Map.entry("model", Set.of("spi")),
            Map.entry("context", Set.of("spi", "model")),
            Map.entry("prompt", Set.of("spi", "model", "context")),
            // The engine knows no task type by class.
            Map.entry("dispatch", Set.of("spi", "blob", "schema", "secret")),
            Map.entry("worker", Set.of("spi", "blob", "dispatch", "assignment", "delegation", "execution")),
            Map.entry(
                    "",
                    Set.of(
                            "spi",
                            "function",
                            "transform",
                            "waiting",
                            "flow",
                            "external",
                            "child",
                            "agent",
                            "approval",
                            "http",
                            "prompt",
                            "model",
                            "egress")));

    private final String base;

    WorkerRules(String base) {
        this.base = base;
    }

    ArchRule layers() {
        return new Layers(base, BELOW).rule();
    }

    ArchRule temporalInDispatchAndWorkerOnly() {
        return noClasses()
                .that()
                .resideInAPackage(base + "..")
                .and()
                .resideOutsideOfPackages(
                        base + ".dispatch..",
                        base + ".worker..",
                        base + ".assignment..",
                        base + ".delegation..",
                        base + ".execution..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.temporal..", "io.grpc..")
                .as(
                        "Only dispatch, assignment, delegation and worker know Temporal: a task is the same in whatever carries it");
    }
}
