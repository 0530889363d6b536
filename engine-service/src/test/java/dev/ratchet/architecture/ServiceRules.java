package dev.ratchet.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;

/** What the packages of this module may know of each other. */
final class ServiceRules {
    private static final Map<String, Set<String>> BELOW = Map.ofEntries(
            Map.entry("config", Set.of()),
            Map.entry("problem", Set.of()),
            Map.entry("security", Set.of("problem")),
            Map.entry("live", Set.of()),
            Map.entry("patch", Set.of("problem")),
            Map.entry("gateway", Set.of("live", "patch", "problem")),
            Map.entry("api", Set.of("gateway", "patch")),
            Map.entry("health", Set.of("gateway", "problem")),
            Map.entry("resources", Set.of("api", "gateway", "patch", "problem")),
            Map.entry("embedded", Set.of("config")),
            // The wiring: the only place that knows all parts.
            Map.entry(
                    "server",
                    Set.of(
                            "api",
                            "config",
                            "embedded",
                            "gateway",
                            "health",
                            "live",
                            "problem",
                            "resources",
                            "security")),
            Map.entry("bench", Set.of("config", "embedded", "server")),
            // The gateway's compiler lets a terminal check documents where no engine runs.
            Map.entry("cli", Set.of("bench", "config", "embedded", "gateway", "server")));

    private final String base;

    ServiceRules(String base) {
        this.base = base;
    }

    ArchRule layers() {
        return new Layers(base, BELOW).rule();
    }

    /** The wiring makes the client and hands it on; {@code bench} measures against the plain SDK and so has to use it. */
    ArchRule oneDoorToTemporal() {
        return noClasses()
                .that()
                .resideInAPackage(base + "..")
                .and()
                .resideOutsideOfPackages(base + ".gateway..", base + ".bench..")
                .should()
                .callMethodWhere(target(describe(
                        "uses a WorkflowClient",
                        call -> call.getOwner().getName().equals("io.temporal.client.WorkflowClient")
                                && !call.getName().equals("newInstance"))))
                .as("Only the gateway uses a client of Temporal");
    }

    ArchRule temporalBehindTheGateway() {
        return noClasses()
                .that()
                .resideInAPackage(base + "..")
                .and()
                .resideOutsideOfPackages(
                        base + ".gateway..", base + ".server..", base + ".embedded..", base + ".bench..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.temporal..", "io.grpc..")
                .as("Only gateway, wiring and embedded server know Temporal");
    }

    ArchRule webBehindTheResources() {
        return noClasses()
                .that()
                .resideInAPackage(base + "..")
                .and()
                .resideOutsideOfPackages(
                        base + ".resources..", base + ".problem..", base + ".security..", base + ".server..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.ws.rs..", "jakarta.servlet..", "org.glassfish..", "org.eclipse.jetty..")
                .as("Only resources, problems, security and wiring know HTTP");
    }
}
