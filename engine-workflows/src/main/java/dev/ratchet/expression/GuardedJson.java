package dev.ratchet.expression;

import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import java.util.Collection;
import java.util.Objects;

/**
 * The door through which the JSONPath library reads JSON: every look is a step of the evaluation's guard. An index
 * behind the end is an error, from which the library concludes that nothing is there; of itself it would see a null.
 */
final class GuardedJson extends JacksonJsonNodeJsonProvider {
    private final Guard guard;

    GuardedJson(Guard guard) {
        this.guard = guard;
    }

    @Override
    public boolean isArray(Object json) {
        guard.step();
        return super.isArray(json);
    }

    @Override
    public boolean isMap(Object json) {
        guard.step();
        return super.isMap(json);
    }

    @Override
    public Object getArrayIndex(Object json, int index) {
        guard.step();
        return super.getArrayIndex(json, Objects.checkIndex(index, length(json)));
    }

    @Override
    public Object getMapValue(Object json, String key) {
        guard.step();
        return super.getMapValue(json, key);
    }

    @Override
    public Collection<String> getPropertyKeys(Object json) {
        guard.step();
        return super.getPropertyKeys(json);
    }

    @Override
    public Iterable<?> toIterable(Object json) {
        guard.step();
        return super.toIterable(json);
    }
}
