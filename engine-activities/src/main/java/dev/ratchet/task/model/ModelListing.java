package dev.ratchet.task.model;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an engine says about its models ({@code GET /models}).
 *
 * @param version of the catalogue
 * @param defaultModel answers prompts that name no model; absent when that one is not offered
 * @param roles offered model ids by role
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ModelListing(
        String version, String currency, @Nullable String defaultModel, Map<String, String> roles, List<Item> items) {

    /**
     * One model. Prices are of a million tokens, limits in tokens.
     *
     * @param simulated whether the simulated model answers for it
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Item(String id, String provider, Price price, Limit limits, List<String> roles, boolean simulated) {}

    /** What a million tokens cost. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Price(BigDecimal inputPerMillion, BigDecimal outputPerMillion, String currency) {}

    /** In tokens, but for the factor by which estimates are multiplied. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Limit(long context, long maxOutputTokens, long expectedOutputTokens, BigDecimal tokenFactor) {}

    /** What a registry offers at the moment. */
    public static ModelListing of(ModelRegistry registry) {
        ModelCatalogue catalogue = registry.catalogue();
        Map<String, String> roles = catalogue.roles().entrySet().stream()
                .filter(role -> registry.find(role.getKey()) != null)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, java.util.LinkedHashMap::new));
        List<Item> items =
                registry.offers().stream().map(offer -> item(offer, roles)).toList();
        return new ModelListing(
                catalogue.version(), catalogue.currency(), roles.get(ModelCatalogue.DEFAULT_ROLE), roles, items);
    }

    private static Item item(ModelOffer offer, Map<String, String> roles) {
        Model model = offer.model();
        List<String> mine = roles.entrySet().stream()
                .filter(role -> Objects.equals(role.getValue(), model.id()))
                .map(Map.Entry::getKey)
                .toList();
        Pricing pricing = model.pricing();
        Model.Limits limits = model.limits();
        return new Item(
                model.id(),
                model.provider(),
                new Price(pricing.input(), pricing.output(), pricing.currency()),
                new Limit(
                        limits.context(),
                        limits.maxOutput(),
                        limits.expectedOutput(),
                        model.counting().factor()),
                mine,
                offer.simulated());
    }
}
