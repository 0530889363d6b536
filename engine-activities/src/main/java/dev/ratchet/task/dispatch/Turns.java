package dev.ratchet.task.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.ratchet.expression.Bindings;
import dev.ratchet.expression.Root;
import dev.ratchet.run.Value;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code item}, {@code index}, {@code iteration} and {@code previous} mean in a scope: those of the innermost map and
 * of the innermost loop around it. The items of a map travel under {@code map[]}, what a turn gave under {@code loop[n]}.
 */
final class Turns {
    private Turns() {}

    static void bind(Bindings.Builder names, Scene scene, String scope) {
        Set<Root> bound = EnumSet.noneOf(Root.class);
        for (String path = scope; !path.isEmpty(); path = Scene.outer(composite(path))) {
            int number = number(path);
            Value items = scene.value(composite(path) + "[]");
            if (items == null && bound.add(Root.ITERATION)) {
                bind(names, scene, composite(path), number);
            } else if (items != null && bound.add(Root.ITEM)) {
                names.lazy(Root.ITEM, () -> item(scene, items, number)).value(Root.INDEX, IntNode.valueOf(number));
            }
        }
    }

    /** Binds one turn of a loop. */
    static void bind(Bindings.Builder names, Scene scene, String loop, int number) {
        Value previous = number == 0 ? null : scene.value(loop + "[" + (number - 1) + "]");
        names.value(Root.ITERATION, IntNode.valueOf(number)).lazy(Root.PREVIOUS, () -> previous(scene, previous));
    }

    private static JsonNode previous(Scene scene, @Nullable Value previous) {
        return previous == null ? NullNode.instance : scene.load(previous);
    }

    private static JsonNode item(Scene scene, Value items, int number) {
        JsonNode item = scene.load(items).get(number);
        return item == null ? NullNode.instance : item;
    }

    private static String composite(String path) {
        return path.substring(0, path.lastIndexOf('['));
    }

    private static int number(String path) {
        return Integer.parseInt(path, path.lastIndexOf('[') + 1, path.length() - 1, 10);
    }
}
