package dev.ratchet.service.gateway;

import dev.ratchet.run.Value;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What one answer shows of values: small stored ones themselves, as long as there is room. One that cannot be read is shown
 * as what it is, a reference, and said to be a problem: the run is more than one output. Not thread-safe.
 */
public final class ShownValues implements UnaryOperator<Value> {
    private final Function<Value.Stored, Value> load;
    private final long most;
    private final Damages damages = new Damages();
    private long left;

    /**
     * @param load reads a stored value, or leaves it as it is
     * @param most bytes of one that is shown
     * @param left bytes of all that are
     */
    ShownValues(Function<Value.Stored, Value> load, long most, long left) {
        this.load = load;
        this.most = most;
        this.left = left;
    }

    /** Shows none of the stored ones. */
    public static ShownValues none() {
        return new ShownValues(stored -> stored, 0, 0);
    }

    @Override
    public Value apply(Value value) {
        if (!(value instanceof Value.Stored stored) || stored.size() > Math.min(most, left)) {
            return value;
        }
        Value shown = damages.without(Damage.Kind.OUTPUT, stored.ref(), () -> load.apply(stored));
        if (shown == null || shown == stored) {
            return stored;
        }
        left -= stored.size();
        return shown;
    }

    /** What could not be read so far. */
    public List<Damage> problems() {
        return damages.found();
    }
}
