package dev.ratchet.task.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.Json;
import dev.ratchet.document.Money;
import dev.ratchet.run.Usage;
import dev.ratchet.task.prompt.PromptExecutor;
import dev.ratchet.task.prompt.PromptTask;
import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskResult;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ModelRegistryTest {
    private static final ModelCatalogue CATALOGUE = ModelCatalogue.builtIn();

    @Test
    void shouldSimulateEveryModelInEmbeddedMode() {
        ModelRegistry models = ModelRegistry.embedded(CATALOGUE);

        assertThat(models.offers()).hasSameSizeAs(CATALOGUE.models()).allMatch(ModelOffer::simulated);
    }

    @Test
    void shouldOfferOnlyTheSimulatedModelWhereNoProviderCanBeCalled() {
        ModelRegistry models = ModelRegistry.deployed(CATALOGUE);

        assertThat(models.offers()).extracting(offer -> offer.model().id()).containsExactly("sim");
        assertThat(models.known("sim")).isTrue();
        assertThat(models.known("balanced")).isFalse();
        assertThat(models.currency()).isEqualTo("USD");
        assertThat(models.refusal("balanced"))
                .contains("is one of anthropic, which it has no provider and key for; offered are: sim");
    }

    @Test
    void shouldCallAProviderThatCanBeCalled() throws Exception {
        ModelRegistry models = ModelRegistry.deployed(CATALOGUE, new Local(true));

        TaskResult result =
                PromptTask.of("{\"prompt\": \"Hi\", \"model\": \"mistral\"}").run(new PromptExecutor(models));

        assertThat(result.output().textValue()).isEqualTo("local answer");
        assertThat(result.simulated()).isFalse();
        assertThat(models.offers()).extracting(ModelOffer::simulated).contains(true, false);
    }

    @Test
    void shouldSimulateAProviderWithoutAKeyInEmbeddedModeOnly() {
        assertThat(ModelRegistry.embedded(CATALOGUE, new Local(false)).find("mistral"))
                .extracting(ModelOffer::simulated)
                .isEqualTo(true);
        assertThat(ModelRegistry.deployed(CATALOGUE, new Local(false)).find("mistral"))
                .isNull();
    }

    @Test
    void shouldPayAPreparedPromptAtThePricesItWasEstimatedAt() throws Exception {
        ModelRegistry models = ModelRegistry.embedded(CATALOGUE);
        PromptExecutor executor = new PromptExecutor(models);
        PromptTask task = PromptTask.of("{\"prompt\": \"Hi\", \"model\": \"sim\"}")
                .metadata("{\"sim_input_tokens\": 1000000, \"sim_output_tokens\": 0}");
        task.prepare(executor);

        models.reload(dearer());

        assertThat(task.execute(executor).usage()).isEqualTo(new Usage(1_000_000, 0, usd("1")));
        assertThat(task.run(executor).usage()).isEqualTo(new Usage(1_000_000, 0, usd("9")));
    }

    @Test
    void shouldListWhatIsOffered() {
        JsonNode listing = Json.tree(ModelListing.of(ModelRegistry.embedded(CATALOGUE)));

        assertThat(listing.path("currency").textValue()).isEqualTo("USD");
        assertThat(listing.path("default_model").textValue())
                .isEqualTo(CATALOGUE.roles().get("balanced"));
        assertThat(listing.at("/items/0").toString())
                .isEqualTo("{\"id\":\"sim\",\"provider\":\"sim\","
                        + "\"price\":{\"input_per_million\":1.00,\"output_per_million\":2.00,\"currency\":\"USD\"},"
                        + "\"limits\":{\"context\":200000,\"max_output_tokens\":8192,"
                        + "\"expected_output_tokens\":512,\"token_factor\":1},\"roles\":[],\"simulated\":true}");
    }

    @Test
    void shouldListNoRoleOfAModelThatIsNotOffered() {
        ModelListing listing = ModelListing.of(ModelRegistry.deployed(CATALOGUE));

        assertThat(listing.roles()).isEmpty();
        assertThat(listing.defaultModel()).isNull();
        assertThat(listing.items()).extracting(ModelListing.Item::id).containsExactly("sim");
    }

    private static ModelCatalogue dearer() throws IOException {
        return CatalogueReader.read("dearer", """
                {"roles": {"balanced": "sim"}, "models": {"sim": {"provider": "sim", "input_price": 9,
                 "output_price": 9, "context_limit": 1000, "max_output_tokens": 1000}}}""".getBytes(StandardCharsets.UTF_8));
    }

    private static Money usd(String amount) {
        return new Money(new BigDecimal(amount), "USD");
    }

    /** A provider that runs here. */
    private record Local(boolean isUsable) implements ModelProvider {
        @Override
        public String name() {
            return "ollama";
        }

        @Override
        public ChatReply chat(Model model, ChatRequest request, TaskContext context) {
            return ChatReply.text("local answer", 3, 2, ChatReply.Finish.STOP);
        }
    }
}
