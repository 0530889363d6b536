package dev.ratchet.task.transform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ratchet.document.Json;
import dev.ratchet.document.Text;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.jspecify.annotations.Nullable;

/**
 * Functions of jq that the library carries out on halves of characters or on the doubles nearest to integers, done on whole
 * ones.
 */
final class JqFunctions {
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,1000}");
    private static final int LAST = 0x10FFFF;
    private static final ObjectReader READER =
            Json.mapper().readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JqFunctions() {}

    /** A function of the input alone; null leaves it to the library. */
    interface Plain {
        @Nullable
        JsonNode apply(JsonNode in) throws JsonQueryException;
    }

    /** A function of the input and of a value of its argument; null leaves it to the library. */
    interface Paired {
        @Nullable
        JsonNode apply(JsonNode in, JsonNode argument) throws JsonQueryException;
    }

    /** A function of items and, for each of them, what the argument makes of it. */
    interface Keyed {
        JsonNode apply(List<Item> items) throws JsonQueryException;
    }

    /** An item, and what it is ordered by. */
    record Item(JsonNode item, JsonNode key) {}

    static final Map<String, Plain> PLAIN = Map.ofEntries(
            Map.entry("implode/0", JqFunctions::implode),
            Map.entry("ascii_upcase/0", in -> cased(in, c -> c >= 'a' && c <= 'z' ? c - 32 : c)),
            Map.entry("ascii_downcase/0", in -> cased(in, c -> c >= 'A' && c <= 'Z' ? c + 32 : c)),
            Map.entry("tonumber/0", JqFunctions::toNumber),
            Map.entry("fromjson/0", JqFunctions::fromJson),
            Map.entry("length/0", JqFunctions::length),
            Map.entry("floor/0", JqFunctions::whole),
            Map.entry("ceil/0", JqFunctions::whole),
            Map.entry("round/0", JqFunctions::whole),
            Map.entry("trunc/0", JqFunctions::whole));

    static final Map<String, Paired> PAIRED = Map.of(
            "contains/1", JqFunctions::contains,
            "indices/1", (in, part) -> found(in, part, all -> all),
            "index/1", (in, part) -> found(in, part, all -> all.isEmpty() ? NullNode.instance : all.get(0)),
            "rindex/1",
                    (in, part) -> found(in, part, all -> all.isEmpty() ? NullNode.instance : all.get(all.size() - 1)));

    static final Map<String, Keyed> KEYED = Map.of(
            "sort_by/1",
            JqFunctions::sorted,
            "group_by/1",
            JqFunctions::grouped,
            "min_by/1",
            items -> outermost(items, order -> order < 0),
            "max_by/1",
            items -> outermost(items, order -> order >= 0));

    private static JsonNode implode(JsonNode in) throws JsonQueryException {
        if (!in.isArray()) {
            throw new JsonQueryException("implode input must be an array of code points");
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode each : in) {
            if (!each.isIntegralNumber() || !each.canConvertToInt() || each.intValue() < 0 || each.intValue() > LAST) {
                throw new JsonQueryException("implode input must be an array of code points");
            }
            JqBounds.current().look();
            boolean half = each.intValue() >= Character.MIN_SURROGATE && each.intValue() <= Character.MAX_SURROGATE;
            text.appendCodePoint(half ? Text.REPLACEMENT : each.intValue());
        }
        return TextNode.valueOf(text.toString());
    }

    private static JsonNode cased(JsonNode in, IntUnaryOperator change) throws JsonQueryException {
        if (!in.isTextual()) {
            throw new JsonQueryException("explode input must be a string");
        }
        StringBuilder text = new StringBuilder(in.textValue().length());
        in.textValue().chars().forEach(unit -> text.append((char) change.applyAsInt(unit)));
        return TextNode.valueOf(text.toString());
    }

    private static @Nullable JsonNode toNumber(JsonNode in) {
        return in.isTextual() && INTEGER.matcher(in.textValue()).matches()
                ? JqValues.number(BigIntegerNode.valueOf(new BigInteger(in.textValue())))
                : null;
    }

    private static @Nullable JsonNode fromJson(JsonNode in) throws JsonQueryException {
        if (!in.isTextual() || in.textValue().isBlank()) {
            return null;
        }
        try {
            return JqValues.in(READER.readValue(in.textValue()));
        } catch (JsonProcessingException e) {
            throw new JsonQueryException("the text cannot be parsed as JSON");
        } catch (JqException e) {
            throw new JsonQueryException(e.reason());
        }
    }

    /** Of a number it is its size without the sign. */
    private static @Nullable JsonNode length(JsonNode in) {
        if (!in.isIntegralNumber()) {
            return null;
        }
        return JqValues.number(BigIntegerNode.valueOf(in.bigIntegerValue().abs()));
    }

    private static @Nullable JsonNode whole(JsonNode in) {
        return in.isIntegralNumber() ? in : null;
    }

    private static @Nullable JsonNode contains(JsonNode in, JsonNode part) {
        boolean comparable = in.getNodeType() == part.getNodeType() && !in.isBoolean();
        return comparable ? BooleanNode.valueOf(JqOrder.contains(in, part)) : null;
    }

    private static @Nullable JsonNode found(JsonNode in, JsonNode part, Function<ArrayNode, JsonNode> which) {
        if (!(in instanceof ArrayNode items)) {
            return null;
        }
        ArrayNode all = Json.mapper().createArrayNode();
        List<JsonNode> sought = new ArrayList<>();
        if (part.isArray()) {
            part.forEach(sought::add);
        } else {
            sought.add(part);
        }
        for (int i = 0; !sought.isEmpty() && i + sought.size() <= items.size(); i++) {
            int at = i;
            boolean here = true;
            for (int j = 0; here && j < sought.size(); j++) {
                here = JqOrder.equal(items.get(at + j), sought.get(j));
            }
            if (here) {
                all.add(i);
            }
        }
        return which.apply(all);
    }

    private static JsonNode sorted(List<Item> items) {
        List<Item> sorted = new ArrayList<>(items);
        sorted.sort(Comparator.comparing(Item::key, JqOrder.EXACT));
        return list(sorted);
    }

    private static JsonNode grouped(List<Item> items) {
        TreeMap<JsonNode, List<Item>> groups = new TreeMap<>(JqOrder.EXACT);
        items.forEach(item ->
                groups.computeIfAbsent(item.key(), key -> new ArrayList<>()).add(item));
        ArrayNode all = Json.mapper().createArrayNode();
        groups.values().forEach(group -> all.add(list(group)));
        return all;
    }

    private static JsonNode outermost(List<Item> items, Predicate<Integer> isFurther) {
        Item best = null;
        for (Item item : items) {
            if (best == null || isFurther.test(JqOrder.EXACT.compare(item.key(), best.key()))) {
                best = item;
            }
        }
        return best == null ? NullNode.instance : best.item();
    }

    private static ArrayNode list(List<Item> items) {
        ArrayNode list = Json.mapper().createArrayNode();
        items.forEach(item -> list.add(item.item()));
        return list;
    }
}
