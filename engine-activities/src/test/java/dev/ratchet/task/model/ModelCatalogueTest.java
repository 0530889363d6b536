package dev.ratchet.task.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCatalogueTest {
    @TempDir
    private Path folder;

    @Test
    void shouldKnowTheModelsThatComeWithTheEngine() {
        ModelCatalogue catalogue = ModelCatalogue.builtIn();

        assertThat(catalogue.currency()).isEqualTo("USD");
        assertThat(catalogue.find("claude-3-haiku-20240307"))
                .extracting(Model::provider, Model::pricing)
                .containsExactly("anthropic", new Pricing(new BigDecimal("0.25"), new BigDecimal("1.25"), "USD"));
        assertThat(catalogue.find("claude-3-sonnet-20240229"))
                .extracting(Model::pricing)
                .isEqualTo(new Pricing(new BigDecimal("3.00"), new BigDecimal("15.00"), "USD"));
        assertThat(catalogue.find("sim")).extracting(Model::limits).isEqualTo(new Model.Limits(200_000, 8_192, 512));
        assertThat(catalogue.find("gpt-0")).isNull();
    }

    @Test
    void shouldResolveEachRoleToAModel() {
        ModelCatalogue catalogue = ModelCatalogue.builtIn();

        assertThat(catalogue.roles()).containsOnlyKeys("flagship", "balanced", "fast");
        catalogue
                .roles()
                .forEach((role, id) ->
                        assertThat(catalogue.find(role)).isNotNull().isSameAs(catalogue.find(id)));
    }

    @Test
    void shouldLoadAFile() throws IOException {
        ModelCatalogue catalogue = ModelCatalogue.load(file("""
                        version: "7"
                        currency: EUR
                        roles: {balanced: mine}
                        models:
                          mine: {provider: local, input_price: 0.000001, output_price: 2, context_limit: 100,
                                 max_output_tokens: 50, expected_output_tokens: 20, token_factor: 1.25, tokenizer: o200k}
                        """));

        assertThat(catalogue.version()).isEqualTo("7");
        assertThat(catalogue.find("balanced"))
                .isEqualTo(new Model(
                        "mine",
                        "local",
                        new Pricing(new BigDecimal("0.000001"), new BigDecimal("2"), "EUR"),
                        new Model.Limits(100, 50, 20),
                        new Model.Counting(Tokenizer.O200K, new BigDecimal("1.25"))));
    }

    @Test
    void shouldLoadJsonAsWell() throws IOException {
        ModelCatalogue catalogue = ModelCatalogue.load(file("""
                        {"roles": {"balanced": "m"}, "models": {"m": {"provider": "p", "input_price": 1,
                         "output_price": 1, "context_limit": 10, "max_output_tokens": 10}}}"""));

        assertThat(catalogue.find("m")).extracting(Model::limits).isEqualTo(new Model.Limits(10, 10, 10));
    }

    @Test
    void shouldReportEverythingThatIsWrongTogether() throws IOException {
        Path file = file("""
                currency: dollars
                colour: red
                roles: {fast: nobody}
                models:
                  a: {provider: "", input_price: -1, output_price: 0.0000001, context_limit: 0, max_output_tokens: 1.5}
                  b: {provider: p, input_price: "1", output_price: 1, context_limit: 10, max_output_tokens: 10,
                      expected_output_tokens: 11, tokenizer: abc, token_factor: 0, speed: 9}
                  c: nothing
                """);

        assertThatThrownBy(() -> ModelCatalogue.load(file))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContainingAll(
                        "Expected a valid model catalogue in " + file,
                        "currency: Expected three capital letters, but it was 'dollars'",
                        "colour: Expected one of version, currency, roles, models, but the field is unknown",
                        "roles.fast: Expected a model of this catalogue, but it was 'nobody'",
                        "roles: Expected the role balanced, but it is missing",
                        "models.a.provider: Expected a text that is not empty, but it was an empty text",
                        "models.a.input_price: Expected 0 to 10000 with at most 6 decimals, but it was -1",
                        "models.a.output_price: Expected 0 to 10000 with at most 6 decimals, but it was ",
                        "models.a.context_limit: Expected a whole number from 1 to 1000000000, but it was 0",
                        "models.a.max_output_tokens: Expected a whole number from 1 to 1000000000, but it was 1.5",
                        "models.b.input_price: Expected a number, but it was a text",
                        "models.b.expected_output_tokens: Expected a whole number from 1 to 10, but it was 11",
                        "models.b.tokenizer: Expected cl100k or o200k, but it was 'abc'",
                        "models.b.token_factor: Expected a number above 0, but it was 0",
                        "models.b.speed: Expected one of provider, ",
                        "models.c: Expected an object, but it was a text");
    }

    @Test
    void shouldRefuseDuplicatesAndWhatIsNoYaml() throws IOException {
        Path doubled = file("roles: {balanced: a}\nroles: {balanced: b}\n");
        assertThatThrownBy(() -> ModelCatalogue.load(doubled))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("Duplicate field 'roles'");

        Path broken = file("models: [");
        assertThatThrownBy(() -> ModelCatalogue.load(broken))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("Expected YAML or JSON, but");

        assertThatThrownBy(() -> ModelCatalogue.load(folder.resolve("none.yaml")))
                .isInstanceOf(CatalogueException.class)
                .hasMessageContaining("Expected a readable file, but there is none");
    }

    @Test
    void shouldRefuseAnEmptyFile() throws IOException {
        Path empty = file("");

        assertThatThrownBy(() -> ModelCatalogue.load(empty)).isInstanceOf(CatalogueException.class);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("models.yaml"), content);
    }
}
