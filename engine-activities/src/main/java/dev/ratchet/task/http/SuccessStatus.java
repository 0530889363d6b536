package dev.ratchet.task.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.BitSet;

/** The statuses that count as success: numbers, ranges such as {@code 200-299}, classes such as {@code 2xx}. */
record SuccessStatus(BitSet statuses) {
    private static final int FIRST = 100;
    private static final int LAST = 599;

    /** What a task says; 200 to 299 when it says nothing. */
    static SuccessStatus read(JsonNode value) throws InvalidCall {
        BitSet statuses = new BitSet(LAST + 1);
        if (value.isMissingNode() || value.isNull()) {
            statuses.set(200, 300);
        } else if (value.isArray()) {
            for (JsonNode item : value) {
                addAll(statuses, item);
            }
        } else {
            addAll(statuses, value);
        }
        if (statuses.isEmpty()) {
            throw refused();
        }
        return new SuccessStatus(statuses);
    }

    boolean contains(int status) {
        return statuses.get(status);
    }

    private static void addAll(BitSet statuses, JsonNode value) throws InvalidCall {
        if (!value.isTextual() && !value.isIntegralNumber()) {
            throw refused();
        }
        for (String part : value.asText().split(",", -1)) {
            String range = part.strip();
            if (range.matches("[1-5][xX]{2}")) {
                int start = (range.charAt(0) - '0') * 100;
                statuses.set(start, start + 100);
            } else if (range.matches("[0-9]{3}(\\s*-\\s*[0-9]{3})?")) {
                String[] ends = range.split("\\s*-\\s*", -1);
                add(statuses, Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
            } else {
                throw refused();
            }
        }
    }

    private static void add(BitSet statuses, int from, int to) throws InvalidCall {
        if (from < FIRST || to > LAST || from > to) {
            throw refused();
        }
        statuses.set(from, to + 1);
    }

    private static InvalidCall refused() {
        return new InvalidCall(
                "/success_status",
                "Expected 'success_status' to hold numbers from 100 to 599 or ranges such as '200-299', but it does not");
    }
}
