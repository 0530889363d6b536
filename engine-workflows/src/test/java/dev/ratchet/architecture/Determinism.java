package dev.ratchet.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What replayed code may not do, because a second pass over the same history would do it differently. {@code expression} is
 * free of all of this but the locale: workers evaluate, and their answers are recorded.
 */
final class Determinism {
    /** What runs in a workflow. */
    private static final String[] REPLAYED = {"run", "verdict", "money", "queue", "workflow"};
    /** And what is made once, when a run is submitted, but must come out the same for the same document. */
    private static final String[] PURE = {"document", "plan", "run", "verdict", "money", "queue", "workflow"};

    /** Where a hash set is looked into and never walked through. */
    private static final Set<String> MEMBERSHIP_ONLY = Set.of(
            "run.Ending", // failed: asked for each task, in topological order
            "run.Answers", // seen: drops doubled answers
            "run.Settlement"); // seen, handedBack, settled: asked for outcomes and debts that come in order

    private static final Set<String> CLOCKS = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalTime.now",
            "java.time.LocalDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.Year.now",
            "java.time.ZoneId.systemDefault",
            "java.util.Calendar.getInstance",
            "java.util.TimeZone.getDefault");

    private static final Set<String> CHANCE = Set.of("java.lang.Math.random", "java.util.UUID.randomUUID");

    private static final Set<String> HASHED = Set.of(
            "java.util.HashMap",
            "java.util.HashSet",
            "java.util.Hashtable",
            "java.util.IdentityHashMap",
            "java.util.WeakHashMap");

    /** These make collections whose order differs from one start of the JVM to the next. */
    private static final Set<String> UNORDERED = Set.of(
            "java.util.Map.of",
            "java.util.Map.ofEntries",
            "java.util.Map.copyOf",
            "java.util.Set.of",
            "java.util.Set.copyOf",
            "java.util.HashMap.newHashMap",
            "java.util.HashSet.newHashSet",
            "java.util.stream.Collectors.toMap",
            "java.util.stream.Collectors.toUnmodifiableMap",
            "java.util.stream.Collectors.toSet",
            "java.util.stream.Collectors.toUnmodifiableSet",
            "java.util.stream.Collectors.groupingBy");

    private static final Set<String> SURROUNDINGS = Set.of(
            "java.lang.System.getenv",
            "java.lang.System.getProperty",
            "java.lang.Integer.getInteger",
            "java.lang.Long.getLong",
            "java.lang.Boolean.getBoolean",
            "java.util.Locale.getDefault");

    private static final Set<String> OF_THE_LOCALE =
            Set.of("java.lang.String.toLowerCase", "java.lang.String.toUpperCase", "java.lang.String.formatted");

    private final String base;

    Determinism(String base) {
        this.base = base;
    }

    ArchRule noClock() {
        return no(PURE).should()
                .callCodeUnitWhere(target(anyOf(CLOCKS)))
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .orShould()
                .callConstructor(java.util.Date.class)
                .as("No clock: times come with inputs");
    }

    ArchRule noChance() {
        return no(PURE).should()
                .callCodeUnitWhere(target(anyOf(CHANCE)))
                .orShould()
                .dependOnClassesThat(named("random sources", "java.util.Random", "java.util.SplittableRandom"))
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.random..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.security.SecureRandom")
                .as("No chance: ids come with inputs");
    }

    /** {@code plan.SchemaChecks} keeps compiled schemas for the submitting threads of a service; no workflow sees it. */
    ArchRule noThreads() {
        return no(PURE).and()
                .doNotHaveFullyQualifiedName(base + ".plan.SchemaChecks")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.concurrent..")
                .orShould()
                .dependOnClassesThat(named("threads", "java.lang.Thread", "java.lang.ThreadLocal", "java.util.Timer"))
                .orShould()
                .callCodeUnitWhere(target(anyOf(Set.of(
                        "java.lang.Object.wait",
                        "java.lang.Object.notify",
                        "java.lang.Object.notifyAll",
                        "java.util.Collection.parallelStream",
                        "java.util.stream.Stream.parallel"))))
                .as("No threads, executors or locks: a run is one thread");
    }

    ArchRule noMonitors() {
        return noMethods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(packages(PURE))
                .should()
                .haveModifier(JavaModifier.SYNCHRONIZED)
                .allowEmptyShould(true)
                .as("No synchronized methods: a run is one thread");
    }

    ArchRule noHashOrder() {
        return no(REPLAYED)
                .and(describe("walk through what they collect", type -> !MEMBERSHIP_ONLY.contains(relative(type))))
                .should()
                .callCodeUnitWhere(target(describe("makes a hashed collection", this::makesHashed)))
                .as("No order of hashes: sets and maps are sorted, or keep the order of insertion");
    }

    ArchRule noSurroundings() {
        return no(PURE).should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.net..", "java.nio.channels..", "java.sql..")
                .orShould()
                .dependOnClassesThat(named(
                        "files and processes",
                        "java.io.File",
                        "java.io.FileInputStream",
                        "java.io.FileOutputStream",
                        "java.io.FileReader",
                        "java.io.FileWriter",
                        "java.io.RandomAccessFile",
                        "java.io.PrintStream",
                        "java.lang.Process",
                        "java.lang.ProcessBuilder",
                        "java.lang.Runtime"))
                .orShould()
                .callCodeUnitWhere(target(anyOf(SURROUNDINGS)))
                .as("No I/O and no environment: what a run needs comes with inputs");
    }

    /** This one holds for expressions too. */
    ArchRule noLocale() {
        return noClasses()
                .that()
                .resideInAnyPackage(base + "..")
                .should()
                .callCodeUnitWhere(target(describe("depends on the locale", Determinism::dependsOnTheLocale)))
                .as("No locale: upper and lower case and formats name theirs");
    }

    ArchRule temporalInTheShellOnly() {
        return noClasses()
                .that()
                .resideInAnyPackage(base + "..")
                .and()
                .resideOutsideOfPackage(base + ".workflow..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.temporal..", "io.grpc..")
                .as("Only workflow knows Temporal");
    }

    List<ArchRule> all() {
        return List.of(
                noClock(),
                noChance(),
                noThreads(),
                noMonitors(),
                noHashOrder(),
                noSurroundings(),
                noLocale(),
                temporalInTheShellOnly());
    }

    private GivenClassesConjunction no(String[] packages) {
        return noClasses().that().resideInAnyPackage(packages(packages));
    }

    private String[] packages(String[] names) {
        return Arrays.stream(names).map(name -> base + "." + name + "..").toArray(String[]::new);
    }

    private String relative(JavaClass type) {
        return type.getName().substring(base.length() + 1).replaceFirst("\\$.*", "");
    }

    private boolean makesHashed(CodeUnitCallTarget call) {
        String owner = call.getOwner().getName();
        return (call.getName().equals("<init>") && HASHED.contains(owner))
                || (UNORDERED.contains(owner + "." + call.getName()) && !isEmptyOrOrdered(call));
    }

    /** With a factory of its own for the collection, the caller says what order it has. */
    private static boolean isEmptyOrOrdered(CodeUnitCallTarget call) {
        return call.getRawParameterTypes().stream()
                        .anyMatch(type -> type.getName().equals("java.util.function.Supplier"))
                || (call.getName().equals("of") && call.getRawParameterTypes().isEmpty());
    }

    private static boolean dependsOnTheLocale(CodeUnitCallTarget call) {
        String name = call.getOwner().getName() + "." + call.getName();
        boolean withLocale = call.getRawParameterTypes().stream()
                .anyMatch(type -> type.getName().equals("java.util.Locale"));
        return !withLocale && (OF_THE_LOCALE.contains(name) || name.equals("java.lang.String.format"));
    }

    private static DescribedPredicate<CodeUnitCallTarget> anyOf(Set<String> names) {
        return describe(
                "is one of " + names, call -> names.contains(call.getOwner().getName() + "." + call.getName()));
    }

    private static DescribedPredicate<JavaClass> named(String what, String... names) {
        Set<String> known = Set.of(names);
        return describe(what, type -> known.contains(type.getName()));
    }
}
