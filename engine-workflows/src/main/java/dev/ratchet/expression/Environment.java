package dev.ratchet.expression;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.collect.ImmutableList;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.checker.CelChecker;
import dev.cel.checker.CelCheckerBuilder;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelVarDecl;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelStandardFunctions;
import java.util.Set;

/**
 * The one CEL environment of the process: all roots as dynamic values, the standard functions, and our own {@code matches}
 * and {@code contains}, whose cost is linear in the text whatever the pattern is. Built on first use, which takes a while.
 */
final class Environment {
    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(Limits.SOURCE)
            .maxParseRecursionDepth(Limits.DEPTH)
            .maxParseErrorRecoveryLimit(2)
            .comprehensionMaxIterations(Limits.ITERATIONS)
            .enableHeterogeneousNumericComparisons(true)
            .populateMacroCalls(true)
            .build();

    private static final ImmutableList<CelFunctionDecl> FUNCTIONS = ImmutableList.of(
            CelFunctionDecl.newFunctionDeclaration(
                    "matches",
                    CelOverloadDecl.newGlobalOverload(
                            "text_matches_pattern", SimpleType.BOOL, SimpleType.STRING, SimpleType.STRING),
                    CelOverloadDecl.newMemberOverload(
                            "text_dot_matches_pattern", SimpleType.BOOL, SimpleType.STRING, SimpleType.STRING)),
            CelFunctionDecl.newFunctionDeclaration(
                    "contains",
                    CelOverloadDecl.newMemberOverload(
                            "text_dot_contains_text", SimpleType.BOOL, SimpleType.STRING, SimpleType.STRING)));
    private static final Set<String> OWN = Set.of("matches", "contains");
    private static final Cache<Set<String>, CelChecker> CHECKERS =
            CacheBuilder.newBuilder().maximumSize(256).build();

    private Environment() {}

    /** The parser, and the runtime with all functions. */
    static Cel cel() {
        return Holder.CEL;
    }

    /**
     * A type checker that knows the given functions, as far as they exist, and no others. The library declares every function
     * anew for each check, which would take ten times as long as the check itself.
     */
    static CelChecker checker(Set<String> functions) {
        CelChecker known = CHECKERS.getIfPresent(functions);
        if (known == null) {
            known = newChecker(functions);
            CHECKERS.put(functions, known);
        }
        return known;
    }

    private static CelChecker newChecker(Set<String> functions) {
        CelCheckerBuilder builder = CelCompilerFactory.standardCelCheckerBuilder()
                .setOptions(OPTIONS)
                .setTypeProvider(cel().getTypeProvider())
                .setStandardEnvironmentEnabled(false)
                .setStandardDeclarations(CelStandardDeclarations.newBuilder()
                        .filterFunctions((function, overload) ->
                                functions.contains(function.functionName()) && !OWN.contains(function.functionName()))
                        .build());
        for (CelFunctionDecl own : FUNCTIONS) {
            if (functions.contains(own.name())) {
                builder.addFunctionDeclarations(own);
            }
        }
        for (String name : Root.names()) {
            builder.addVarDeclarations(CelVarDecl.newVarDeclaration(name, SimpleType.DYN));
        }
        return builder.build();
    }

    private static Cel build() {
        return CelFactory.standardCelBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setStandardEnvironmentEnabled(false)
                .setStandardFunctions(CelStandardFunctions.newBuilder()
                        .excludeFunctions(
                                CelStandardFunctions.StandardFunction.MATCHES,
                                CelStandardFunctions.StandardFunction.CONTAINS)
                        .build())
                .addFunctionBindings(bindings())
                .build();
    }

    private static ImmutableList<CelFunctionBinding> bindings() {
        return ImmutableList.of(
                CelFunctionBinding.from("text_matches_pattern", String.class, String.class, Patterns::find),
                CelFunctionBinding.from("text_dot_matches_pattern", String.class, String.class, Patterns::find),
                CelFunctionBinding.from("text_dot_contains_text", String.class, String.class, TextSearch::contains));
    }

    /** Loads the library when it is first needed, once. */
    private static final class Holder {
        static final Cel CEL = build();
    }
}
