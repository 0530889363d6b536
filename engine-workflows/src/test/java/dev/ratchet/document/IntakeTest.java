package dev.ratchet.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntakeTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @Test
    void shouldPassOnWhatIsSoundAsItIs() {
        JsonNode json = Json.read("{\"a\": [1, 1.10, \"😀\", null, true, 18446744073709551615]}", JsonNode.class);
        assertThat(taken(json).json()).isSameAs(json);
        assertThat(taken(json).note()).isEmpty();
    }

    @Test
    void shouldReplaceHalvesOfCharactersInTextsAndNames() {
        JsonNode json =
                Json.read("{\"n\\ud83d\": [\"a\\ude00\", \"ok\", {\"x\": \"\\ud83d\\ud83d\"}]}", JsonNode.class);
        Intake.Taken taken = taken(json);
        assertThat(taken.json())
                .isEqualTo(
                        Json.read("{\"n\uFFFD\": [\"a\uFFFD\", \"ok\", {\"x\": \"\uFFFD\uFFFD\"}]}", JsonNode.class));
        assertThat(taken.halves()).isEqualTo(4);
        assertThat(taken.note())
                .isEqualTo("Expected text of Unicode characters, but 4 halves of characters stood alone,"
                        + " replaced by U+FFFD");
    }

    @Test
    void shouldGiveOnlyWhatCanBeWrittenAndReadAgain() throws Exception {
        Random random = new Random(8);
        for (int i = 0; i < 2_000; i++) {
            if (Intake.of(drawn(random, 4)) instanceof Intake.Taken taken) {
                byte[] bytes = Json.mapper().writeValueAsBytes(taken.json());
                assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(Json.write(taken.json()));
                assertThat(Json.mapper().readTree(bytes)).isEqualTo(taken.json());
            }
        }
    }

    @Test
    void shouldRefuseNamesThatNoLongerDiffer() {
        ObjectNode json = NODES.objectNode().put("\ud83d", 1).put("\ud83e", 2);
        assertThat(refused(json))
                .isEqualTo("Expected the names in an object to differ, but two differ only in halves of characters");
    }

    @Test
    void shouldTakeSixtyFourLevelsAndNoMore() {
        assertThat(taken(nested(64)).halves()).isZero();
        assertThat(refused(nested(65))).isEqualTo("Expected at most 64 levels of JSON, but there are more");
    }

    @Test
    void shouldBoundNamesInLengthAndNumber() {
        assertThat(refused(NODES.objectNode().put("x".repeat(50_001), 1)))
                .isEqualTo("Expected names of at most 50000 characters, but there is a longer one");
        ObjectNode many = NODES.objectNode();
        for (int i = 0; i <= 20_000; i++) {
            many.put("m" + i, i);
        }
        assertThat(refused(many)).isEqualTo("Expected at most 20000 members in an object, but there are more");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void shouldRefuseNumbersThatJsonHasNot(double number) {
        assertThat(refused(DoubleNode.valueOf(number)))
                .isEqualTo("Expected numbers of the size of a double, but there is one beyond it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "1e-400"})
    void shouldRefuseNumbersBeyondADouble(String number) {
        assertThat(refused(Json.read(number, JsonNode.class)))
                .isEqualTo("Expected numbers of the size of a double, but there is one beyond it");
    }

    @Test
    void shouldBoundTheDigitsOfIntegers() {
        assertThat(taken(NODES.numberNode(BigInteger.TEN.pow(999))).halves()).isZero();
        assertThat(refused(NODES.numberNode(BigInteger.TEN.pow(1_100))))
                .isEqualTo("Expected integers of at most 1000 digits, but there is a longer one");
    }

    @Test
    void shouldWriteBytesAsTextAndRefuseWhatIsNoJson() {
        assertThat(taken(NODES.arrayNode().add(BinaryNode.valueOf(new byte[] {1, 2, 3})))
                        .json())
                .isEqualTo(NODES.arrayNode().add("AQID"));
        assertThat(refused(new POJONode(this))).isEqualTo("Expected JSON, but there is another kind of value in it");
        assertThat(refused(MissingNode.getInstance())).startsWith("Expected JSON");
    }

    private static Intake.Taken taken(JsonNode json) {
        assertThat(Intake.of(json)).isInstanceOf(Intake.Taken.class);
        return (Intake.Taken) Intake.of(json);
    }

    private static String refused(JsonNode json) {
        assertThat(Intake.of(json)).isInstanceOf(Intake.Refused.class);
        return ((Intake.Refused) Intake.of(json)).reason();
    }

    private static JsonNode nested(int levels) {
        JsonNode json = NODES.numberNode(1);
        for (int i = 0; i < levels; i++) {
            json = NODES.arrayNode().add(json);
        }
        return json;
    }

    private static JsonNode drawn(Random random, int levels) {
        int kind = random.nextInt(levels == 0 ? 2 : 4);
        if (kind < 2) {
            return kind == 0 ? NODES.textNode(text(random)) : NODES.numberNode(random.nextInt());
        }
        if (kind == 2) {
            ArrayNode array = NODES.arrayNode();
            for (int i = random.nextInt(4); i > 0; i--) {
                array.add(drawn(random, levels - 1));
            }
            return array;
        }
        ObjectNode object = NODES.objectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            object.set(text(random), drawn(random, levels - 1));
        }
        return object;
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(
                    switch (random.nextInt(4)) {
                        case 0 -> "\ud83d";
                        case 1 -> "\ude00";
                        case 2 -> "😀";
                        default -> "é\u0000";
                    });
        }
        return text.toString();
    }
}
