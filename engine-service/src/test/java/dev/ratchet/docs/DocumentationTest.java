package dev.ratchet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ratchet.document.ErrorCode;
import dev.ratchet.document.PolicyDocument;
import dev.ratchet.document.StrictJson;
import dev.ratchet.document.TaskDocument;
import dev.ratchet.plan.TaskType;
import dev.ratchet.service.config.ConfigKey;
import dev.ratchet.service.config.Environment;
import dev.ratchet.service.config.RatchetConfig;
import dev.ratchet.service.problem.ProblemCode;
import dev.ratchet.service.server.EngineParts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages say of closed families is what the code has: no member without its line, no line without its member. */
class DocumentationTest {
    private static final List<ConfigKey> KEYS = ConfigKey.all();

    @TempDir
    static Path folder;

    @ParameterizedTest
    @EnumSource
    void shouldHaveALineForEachErrorCode(ErrorCode code) {
        assertThat(Pages.firstCells(Pages.section("docs/errors.md", "## Of tasks and runs")))
                .contains("`" + code.wire() + "`");
    }

    @Test
    void shouldKnowEveryErrorCodeThatHasALine() {
        List<String> known = Stream.of(ErrorCode.values())
                .map(code -> "`" + code.wire() + "`")
                .toList();

        assertThat(Pages.firstCells(Pages.section("docs/errors.md", "## Of tasks and runs")))
                .filteredOn(cell -> cell.startsWith("`"))
                .containsExactlyInAnyOrderElementsOf(known);
    }

    @ParameterizedTest
    @EnumSource
    void shouldListEachProblemUnderItsStatus(ProblemCode code) {
        assertThat(Pages.section("docs/errors.md", "## Over HTTP").lines())
                .anyMatch(
                        line -> line.startsWith("| " + code.status() + " |") && line.contains("`" + code.wire() + "`"));
    }

    @ParameterizedTest
    @MethodSource("types")
    void shouldDescribeEachTaskTypeWithAllItsFields(TaskType type) {
        String section = Pages.section("docs/task-types.md", "## `" + type.name() + "`");
        JsonNode schema = type.configSchema();

        assertThat(schema.path("type").asText()).isEqualTo("object");
        assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
        assertThat(section).isNotBlank();
        assertThat(Pages.code(section)).containsAll(schema.path("properties")::fieldNames);
    }

    @Test
    void shouldListTheTaskTypesThatThereAre() {
        List<String> offered = types().map(type -> "[`" + type.name() + "`](#" + type.name() + ")")
                .toList();

        assertThat(Pages.firstCells(Pages.read("docs/task-types.md")))
                .filteredOn(cell -> cell.startsWith("[`"))
                .containsExactlyInAnyOrderElementsOf(offered);
    }

    @Test
    void shouldNotPutOffATaskTypeThatIsThere() {
        List<String> putOff = Pages.firstCells(Pages.read("docs/roadmap.md"));

        assertThat(putOff).isNotEmpty();
        assertThat(Pages.code(String.join("\n", putOff)))
                .doesNotContainAnyElementsOf(types().map(TaskType::name).toList());
    }

    @ParameterizedTest
    @FieldSource("KEYS")
    void shouldHaveARowForEachConfigurationKey(ConfigKey key) {
        boolean limit = key.path().startsWith("limits.");
        String row = Pages.read("docs/configuration.md")
                .lines()
                .filter(line -> line.startsWith("| `") && Pages.code(line).contains(key.path()))
                .findFirst()
                .orElse("");

        assertThat(row).isNotEmpty();
        assertThat(limit ? Set.of() : Set.copyOf(key.variables()))
                .allMatch(variable -> Pages.code(row).contains(variable));
        if (limit) {
            assertThat(Pages.code(Pages.read("docs/limits.md"))).contains(key.path());
        }
    }

    @ParameterizedTest
    @MethodSource("policyFields")
    void shouldHaveARowForEachFieldOfAPolicy(String field) {
        assertThat(Pages.firstCells(Pages.section("docs/semantics.md", "## Policy")))
                .contains("`" + field + "`");
    }

    @ParameterizedTest
    @MethodSource("taskFields")
    void shouldHaveARowForEachFieldOfEveryTask(String field) {
        assertThat(Pages.firstCells(Pages.section("docs/semantics.md", "### What every task may carry")))
                .contains("`" + field + "`");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void shouldShowDocumentsThatAreSound(String page, String document) {
        JsonNode json = ((StrictJson.Parsed.Tree) StrictJson.parse(document.getBytes(StandardCharsets.UTF_8))).json();

        assertThat(EngineParts.compiler(config()).inspect(json).problems())
                .as(page)
                .isEmpty();
    }

    @Test
    void shouldListEachExampleInTheReadme() {
        List<String> examples = Pages.files().stream()
                .filter(file -> file.startsWith(Pages.ROOT.resolve("examples")))
                .filter(file -> file.toString().endsWith(".json"))
                .map(file -> "examples/" + file.getFileName())
                .toList();

        assertThat(examples).isNotEmpty();
        assertThat(Pages.code(Pages.section("README.md", "## Recipes"))).containsAll(examples);
    }

    static Stream<TaskType> types() {
        return EngineParts.of(config(), true).executors().all().stream();
    }

    static Stream<String> policyFields() {
        return Stream.of(
                        fieldsOf(PolicyDocument.Limits.class),
                        fieldsOf(PolicyDocument.Choices.class),
                        fieldsOf(PolicyDocument.class))
                .flatMap(Function.identity())
                .filter(field -> !Set.of("limits", "choices").contains(field))
                .map(field -> field.equals("budget") ? "budget_limit" : field);
    }

    static Stream<String> taskFields() {
        return Stream.concat(fieldsOf(TaskDocument.Values.class), fieldsOf(TaskDocument.Options.class));
    }

    private static Stream<String> fieldsOf(Class<? extends Record> document) {
        return Stream.of(document.getRecordComponents())
                .map(component ->
                        component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT));
    }

    /** Whole documents in the pages; fragments have no tasks. */
    static Stream<Arguments> documents() {
        return Pages.markdown()
                .flatMap(page -> Pages.blocks(Pages.read(page), "json").stream()
                        .filter(block -> block.contains("\"tasks\": [") || block.contains("\"nodes\": ["))
                        .map(block -> Arguments.of(Pages.ROOT.relativize(page).toString(), block)));
    }

    private static RatchetConfig config() {
        return RatchetConfig.load(null, new Environment(Map.of("RATCHET_DATA", folder.toString()), folder));
    }
}
