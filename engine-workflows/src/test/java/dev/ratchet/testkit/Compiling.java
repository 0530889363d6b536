package dev.ratchet.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ratchet.document.Json;
import dev.ratchet.plan.Compilation;
import dev.ratchet.plan.Limits;
import dev.ratchet.plan.Plan;
import dev.ratchet.plan.PlanCompiler;

/** Compiles documents against {@link TestTypes}. */
public final class Compiling {
    private static final PlanCompiler COMPILER =
            new PlanCompiler(new TestTypes(), TestTypes.MODELS, Limits.DEFAULT, MissingNode.getInstance());

    private Compiling() {}

    /** What comes of a document; apostrophes may stand for quotes. */
    public static Compilation compile(String json) {
        return compile(json(json));
    }

    public static Compilation compile(JsonNode document) {
        return COMPILER.compile(document);
    }

    /** The plan of a sound document. */
    public static Plan plan(String json) {
        return compile(json).orThrow();
    }

    public static Plan plan(JsonNode document) {
        return compile(document).orThrow();
    }

    /** Reads JSON in which apostrophes stand for quotes. */
    public static JsonNode json(String json) {
        return Json.read(json.replace('\'', '"'), JsonNode.class);
    }
}
