package dev.ratchet.testkit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Locale;

/** Documents of well-known shapes, all of {@code noop} functions, with ids that sort in graph order. */
public final class Shapes {
    private Shapes() {}

    /** {@code t00000 → t00001 → …} */
    public static ObjectNode chain(int length) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode tasks = document.putArray("tasks");
        for (int i = 0; i < length; i++) {
            task(tasks, i, i == 0 ? new int[0] : new int[] {i - 1});
        }
        return document;
    }

    /** A root, {@code width} tasks behind it, and a join. */
    public static ObjectNode fan(int width) {
        return levels(1, width, 1);
    }

    /** Levels of these widths; every task depends on all of the level before where that is narrow, else on a few of it. */
    public static ObjectNode levels(int... widths) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode tasks = document.putArray("tasks");
        int before = 0;
        int next = 0;
        for (int level = 0; level < widths.length; level++) {
            for (int i = 0; i < widths[level]; i++) {
                task(tasks, next + i, level == 0 ? new int[0] : sources(before, widths[level - 1], i, widths[level]));
            }
            before = next;
            next += widths[level];
        }
        return document;
    }

    /** {@code tasks} in levels of {@code width}, {@code fanIn} edges into each task but those of the first level. */
    public static ObjectNode layered(int tasks, int width, int fanIn) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode array = document.putArray("tasks");
        for (int i = 0; i < tasks; i++) {
            int level = i / width;
            int[] deps = new int[level == 0 ? 0 : Math.min(fanIn, width)];
            for (int d = 0; d < deps.length; d++) {
                deps[d] = (level - 1) * width + (i + d * 7) % width;
            }
            task(array, i, Arrays.stream(deps).distinct().toArray());
        }
        return document;
    }

    /** The id of the task with a number. */
    public static String id(int number) {
        return String.format(Locale.ROOT, "t%05d", number);
    }

    private static int[] sources(int first, int width, int index, int own) {
        if (own == 1 || width == 1) {
            int[] all = new int[width];
            Arrays.setAll(all, i -> first + i);
            return all;
        }
        int one = first + index % width;
        int other = first + (index + 1) % width;
        return width < own || one == other ? new int[] {one} : covering(first, width, index, own);
    }

    /** All sources whose turn it is, so that each task of the level before has a successor. */
    private static int[] covering(int first, int width, int index, int own) {
        int count = (width - index + own - 1) / own;
        int[] sources = new int[count];
        Arrays.setAll(sources, i -> first + index + i * own);
        return sources;
    }

    private static void task(ArrayNode tasks, int number, int[] deps) {
        ObjectNode task =
                tasks.addObject().put("id", id(number)).put("type", "function").put("function", "noop");
        if (deps.length > 0) {
            ArrayNode array = task.putArray("deps");
            Arrays.stream(deps).forEach(dep -> array.add(id(dep)));
        }
    }
}
