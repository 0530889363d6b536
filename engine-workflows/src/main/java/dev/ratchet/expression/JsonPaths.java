package dev.ratchet.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.EvaluationListener.EvaluationContinuation;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.Predicate;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * JSONPath as a condition. Filters compare values; they run no scripts and no regular expressions, which the library would
 * hand to a backtracking engine. Evaluation stops at the first match, and at the limits of {@link Guard}.
 */
final class JsonPaths {
    private static final Cache<String, JsonPath> COMPILED =
            CacheBuilder.newBuilder().maximumSize(1_000).build();

    private JsonPaths() {}

    static JsonPath compiled(String path) {
        JsonPath known = COMPILED.getIfPresent(path);
        if (known == null) {
            known = compile(path);
            COMPILED.put(path, known);
        }
        return known;
    }

    private static JsonPath compile(String path) {
        if (path.length() > Limits.SOURCE) {
            throw ExpressionException.invalid(
                    "Expected a JSONPath of at most " + Limits.SOURCE + " characters, but it is longer");
        }
        if (!path.strip().startsWith("$")) {
            throw ExpressionException.invalid("Expected a JSONPath that begins with '$', but it does not");
        }
        if (hasRegex(path)) {
            throw ExpressionException.invalid("Expected a JSONPath without '=~', but it has one: use CEL's matches()");
        }
        try {
            return JsonPath.compile(path, new Predicate[0]);
        } catch (JsonPathException | IllegalArgumentException | StackOverflowError e) {
            throw ExpressionException.invalid("Expected a valid JSONPath, but it cannot be read");
        } catch (RuntimeException e) {
            throw ExpressionException.invalid("Expected a valid JSONPath, but it cannot be understood");
        }
    }

    private static boolean hasRegex(String path) {
        int at = 0;
        while (at < path.length()) {
            if (path.startsWith("=~", at)) {
                return true;
            }
            at = path.charAt(at) == '/' ? at + 1 : CelText.afterToken(path, at);
        }
        return false;
    }

    static boolean selects(String path, JsonNode document) {
        JsonPath compiled = compiled(path);
        AtomicBoolean found = new AtomicBoolean();
        Configuration configuration = Configuration.builder()
                .jsonProvider(new GuardedJson(new Guard(Set.of())))
                .mappingProvider(new JacksonMappingProvider())
                .options(Option.ALWAYS_RETURN_LIST, Option.SUPPRESS_EXCEPTIONS)
                .evaluationListener(result -> {
                    found.set(true);
                    return EvaluationContinuation.ABORT;
                })
                .build();
        try {
            compiled.read(document, configuration);
        } catch (Guard.LimitReached e) {
            throw ExpressionException.failed(String.valueOf(e.getMessage()));
        } catch (RuntimeException | StackOverflowError e) {
            throw ExpressionException.failed("Expected a JSONPath that can be applied to the output, but it cannot");
        }
        return found.get();
    }
}
