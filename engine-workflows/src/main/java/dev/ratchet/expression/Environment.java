package dev.ratchet.expression;

import com.google.common.collect.ImmutableList;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelStandardFunctions;

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

    private Environment() {}

    static Cel cel() {
        return Holder.CEL;
    }

    private static Cel build() {
        CelBuilder builder = CelFactory.standardCelBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setStandardEnvironmentEnabled(false)
                .setStandardDeclarations(CelStandardDeclarations.newBuilder()
                        .excludeFunctions(
                                CelStandardDeclarations.StandardFunction.MATCHES,
                                CelStandardDeclarations.StandardFunction.CONTAINS)
                        .build())
                .setStandardFunctions(CelStandardFunctions.newBuilder()
                        .excludeFunctions(
                                CelStandardFunctions.StandardFunction.MATCHES,
                                CelStandardFunctions.StandardFunction.CONTAINS)
                        .build())
                .addFunctionDeclarations(functions())
                .addFunctionBindings(bindings());
        for (String name : Root.names()) {
            builder.addVar(name, SimpleType.DYN);
        }
        return builder.build();
    }

    private static ImmutableList<CelFunctionDecl> functions() {
        return ImmutableList.of(
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
