package dev.ratchet.task.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.ratchet.document.Json;
import dev.ratchet.expression.ExpressionException;
import dev.ratchet.expression.Patterns;
import java.util.Map;
import java.util.TreeMap;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/**
 * A pattern with jq's flags.
 *
 * @param all flag {@code g}: every match, not the first alone
 * @param skipEmpty flag {@code n}: matches of no characters do not count
 */
record JqPattern(Pattern pattern, boolean all, boolean skipEmpty) {
    private static final String KNOWN = "ginps";

    static JqPattern of(JsonNode pattern, JsonNode flags) throws JsonQueryException {
        String letters = flags.isNull() ? "" : flags.asText();
        if (!letters.chars().allMatch(letter -> KNOWN.indexOf(letter) >= 0)) {
            throw new JsonQueryException("Expected flags among '" + KNOWN + "', but they are '" + letters + "'");
        }
        if (!pattern.isTextual()) {
            throw new JsonQueryException("Expected a pattern that is a string, but it is of another type");
        }
        try {
            String text = pattern.textValue();
            Pattern compiled = Patterns.compile(letters.contains("i") ? "(?i)" + text : text);
            boolean skipEmpty = letters.contains("n") || letters.contains("p");
            return new JqPattern(compiled, letters.contains("g"), skipEmpty);
        } catch (ExpressionException e) {
            throw new JsonQueryException(String.valueOf(e.getMessage()));
        }
    }

    /** Hands on the matches, in order; returns whether there was none. */
    boolean matches(String text, JqPatterns.Found found, boolean first) {
        Matcher matcher = pattern.matcher(new Watched(text, JqBounds.current()));
        int offset = 0;
        int counted = 0;
        boolean none = true;
        while (matcher.find()) {
            JqBounds.current().step();
            if (skipEmpty && matcher.start() == matcher.end()) {
                continue;
            }
            none = false;
            offset += text.codePointCount(counted, matcher.start());
            counted = matcher.start();
            found.at(matcher, offset);
            if (first || !all) {
                break;
            }
        }
        return none;
    }

    /** A match as jq shows it; offsets and lengths count code points. */
    static ObjectNode describe(Matcher matcher, int offset) {
        ObjectNode match = part(matcher, 0, offset);
        Map<Integer, String> names = new TreeMap<>();
        matcher.pattern().namedGroups().forEach((name, group) -> names.put(group, name));
        ArrayNode captures = match.putArray("captures");
        for (int group = 1; group <= matcher.groupCount(); group++) {
            String before = matcher.start(group) < 0 ? "" : prefix(matcher, group);
            ObjectNode capture = part(matcher, group, offset + before.codePointCount(0, before.length()));
            captures.add(capture.put("name", names.get(group)));
        }
        return match;
    }

    /** The named groups of a match: what a replacement sees as its input. */
    static ObjectNode named(Matcher matcher) {
        ObjectNode groups = Json.mapper().createObjectNode();
        new TreeMap<>(matcher.pattern().namedGroups()).forEach((name, group) -> groups.put(name, matcher.group(group)));
        return groups;
    }

    private static ObjectNode part(Matcher matcher, int group, int offset) {
        ObjectNode part = Json.mapper().createObjectNode();
        String text = matcher.start(group) < 0 ? null : matcher.group(group);
        part.put("offset", text == null ? -1 : offset);
        part.put("length", text == null ? 0 : text.codePointCount(0, text.length()));
        return part.put("string", text);
    }

    private static String prefix(Matcher matcher, int group) {
        String whole = matcher.group();
        return whole.substring(0, matcher.start(group) - matcher.start());
    }

    /** Looks at the bounds while it is read, so that no match outlives its evaluation. */
    private record Watched(CharSequence text, JqBounds bounds) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            bounds.look();
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
