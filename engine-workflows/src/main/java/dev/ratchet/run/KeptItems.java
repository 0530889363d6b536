package dev.ratchet.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Items of a map that an earlier run has completed: a run that carries it out again takes what they gave.
 *
 * @param total how many items there were: other items than these are another list
 * @param parts what each of them gave, by its number
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record KeptItems(int total, SortedMap<Integer, Part> parts) {
    public KeptItems {
        parts = parts == null ? Collections.emptySortedMap() : Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    }
}
