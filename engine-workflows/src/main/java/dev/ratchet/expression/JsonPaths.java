package dev.ratchet.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.Predicate;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;

/**
 * JSONPath as a condition. Filters compare values; they run no scripts and no regular expressions, which the library would
 * hand to a backtracking engine. Evaluation stops at the limits of {@link Guard}.
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
        JsonPathSyntax.check(path);
        try {
            return JsonPath.compile(path, new Predicate[0]);
        } catch (JsonPathException | IllegalArgumentException | StackOverflowError e) {
            throw ExpressionException.invalid("Expected a valid JSONPath, but it cannot be read");
        } catch (RuntimeException e) {
            throw ExpressionException.invalid("Expected a valid JSONPath, but it cannot be understood");
        }
    }

    static boolean selects(String path, JsonNode document) {
        JsonPath compiled = compiled(path);
        Configuration configuration = Configuration.builder()
                .jsonProvider(new GuardedJson(new Guard()))
                .mappingProvider(new JacksonMappingProvider())
                .options(Option.ALWAYS_RETURN_LIST)
                .build();
        try {
            return compiled.<JsonNode>read(document, configuration).size() > 0;
        } catch (InvalidPathException e) {
            return false; // includes paths into a text or a number: nothing is there
        } catch (Guard.LimitReached e) {
            throw ExpressionException.failed(String.valueOf(e.getMessage()));
        } catch (RuntimeException | StackOverflowError e) {
            throw ExpressionException.failed("Expected a JSONPath that can be applied to the output, but it cannot");
        }
    }
}
