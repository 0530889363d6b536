package dev.ratchet.task.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.ratchet.document.Numbers;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a catalogue once and reports everything that is wrong with it together. */
final class CatalogueReader {
    private static final ObjectMapper YAML = Numbers.exact(YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build()))
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final String CURRENCY = "[A-Z]{3}";
    private static final long MAX_TOKENS = 1_000_000_000L;

    private final CatalogueFields fields;

    private CatalogueReader(CatalogueFields fields) {
        this.fields = fields;
    }

    static ModelCatalogue read(String name, byte[] content) throws IOException {
        CatalogueFields fields = new CatalogueFields(name);
        ModelCatalogue catalogue = new CatalogueReader(fields).catalogue(parse(name, content));
        fields.throwIfAny();
        return catalogue;
    }

    private static JsonNode parse(String name, byte[] content) throws IOException {
        try {
            return YAML.readTree(content);
        } catch (JsonProcessingException e) {
            throw new CatalogueException(name, "Expected YAML or JSON, but " + e.getOriginalMessage(), e);
        }
    }

    private ModelCatalogue catalogue(JsonNode root) {
        fields.only(root, "", "version", "currency", "roles", "models");
        String version = fields.text(root, "", "version", "unversioned");
        String currency = fields.text(root, "", "currency", "USD");
        if (!currency.matches(CURRENCY)) {
            fields.problem("currency", "Expected three capital letters, but it was '" + currency + "'");
        }
        Map<String, Model> models = new LinkedHashMap<>();
        fields.object(root, "models").properties().forEach(entry -> {
            Model model = model(entry.getKey(), entry.getValue(), currency);
            if (model != null) {
                models.put(model.id(), model);
            }
        });
        return new ModelCatalogue(version, currency, models, roles(root, models));
    }

    private @Nullable Model model(String id, JsonNode node, String currency) {
        String at = "models." + id;
        if (!fields.only(
                node,
                at,
                "provider",
                "input_price",
                "output_price",
                "context_limit",
                "max_output_tokens",
                "expected_output_tokens",
                "tokenizer",
                "token_factor")) {
            return null;
        }
        String provider = fields.text(node, at, "provider", null);
        Pricing pricing = new Pricing(
                fields.decimal(node, at, "input_price", null, Pricing.MAX_PRICE),
                fields.decimal(node, at, "output_price", null, Pricing.MAX_PRICE),
                currency);
        return new Model(id, provider, pricing, limits(node, at), counting(node, at));
    }

    private Model.Limits limits(JsonNode node, String at) {
        long context = fields.tokens(node, at, "context_limit", null, MAX_TOKENS);
        long maxOutput = fields.tokens(node, at, "max_output_tokens", null, MAX_TOKENS);
        long expected = Math.min(Model.Limits.DEFAULT_EXPECTED_OUTPUT, maxOutput);
        return new Model.Limits(
                context, maxOutput, fields.tokens(node, at, "expected_output_tokens", expected, maxOutput));
    }

    private Model.Counting counting(JsonNode node, String at) {
        BigDecimal factor = fields.decimal(node, at, "token_factor", BigDecimal.ONE, BigDecimal.TEN);
        if (factor.signum() == 0) {
            fields.problem(at + ".token_factor", "Expected a number above 0, but it was 0");
        }
        String tokenizer = fields.text(node, at, "tokenizer", "cl100k");
        return switch (tokenizer) {
            case "cl100k" -> new Model.Counting(Tokenizer.CL100K, factor);
            case "o200k" -> new Model.Counting(Tokenizer.O200K, factor);
            default -> {
                fields.problem(at + ".tokenizer", "Expected cl100k or o200k, but it was '" + tokenizer + "'");
                yield new Model.Counting(Tokenizer.CL100K, factor);
            }
        };
    }

    private Map<String, String> roles(JsonNode root, Map<String, Model> models) {
        Map<String, String> roles = new LinkedHashMap<>();
        JsonNode node = fields.object(root, "roles");
        node.fieldNames().forEachRemaining(role -> {
            String id = fields.text(node, "roles", role, null);
            if (models.containsKey(role)) {
                fields.problem("roles." + role, "Expected a name of its own, but a model is called so too");
            }
            if (!models.containsKey(id)) {
                fields.problem("roles." + role, "Expected a model of this catalogue, but it was '" + id + "'");
            }
            roles.put(role, id);
        });
        if (!roles.containsKey(ModelCatalogue.DEFAULT_ROLE)) {
            fields.problem("roles", "Expected the role " + ModelCatalogue.DEFAULT_ROLE + ", but it is missing");
        }
        return roles;
    }
}
