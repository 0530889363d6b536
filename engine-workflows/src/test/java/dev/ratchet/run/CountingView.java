package dev.ratchet.run;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Counts how often a decider looks at a run: each question, and each task that it goes through. */
final class CountingView {
    private long looks;

    long looks() {
        return looks;
    }

    RunView of(RunView view) {
        return counting(RunView.class, view);
    }

    @SuppressWarnings("NullAway") // methods may be given and may return nothing
    private <T> T counting(Class<T> type, T honest) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    looks++;
                    try {
                        return counted(method.invoke(honest, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @SuppressWarnings("unchecked")
    private @Nullable Object counted(@Nullable Object answer) {
        if (answer instanceof SortedSet<?> numbers) {
            return new CountingSet((SortedSet<Integer>) numbers);
        }
        if (answer instanceof List<?> list && !list.isEmpty() && list.getFirst() instanceof LaneView) {
            return list.stream()
                    .map(lane -> counting(LaneView.class, (LaneView) lane))
                    .toList();
        }
        // sets are the run's own, and only asked whether they hold something; lists were made for the asker
        if (answer instanceof Collection<?> all && !(answer instanceof Set<?>)) {
            looks += all.size();
        }
        return answer;
    }

    /** Counts the numbers that are taken from a set. */
    private final class CountingSet extends AbstractSet<Integer> implements SortedSet<Integer> {
        private final SortedSet<Integer> numbers;

        CountingSet(SortedSet<Integer> numbers) {
            this.numbers = numbers;
        }

        @Override
        public Iterator<Integer> iterator() {
            Iterator<Integer> each = numbers.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return each.hasNext();
                }

                @Override
                public Integer next() {
                    looks++;
                    return each.next();
                }
            };
        }

        @Override
        public int size() {
            return numbers.size();
        }

        @Override
        public @Nullable Comparator<? super Integer> comparator() {
            return numbers.comparator();
        }

        @Override
        public SortedSet<Integer> subSet(Integer from, Integer to) {
            return new CountingSet(numbers.subSet(from, to));
        }

        @Override
        public SortedSet<Integer> headSet(Integer to) {
            return new CountingSet(numbers.headSet(to));
        }

        @Override
        public SortedSet<Integer> tailSet(Integer from) {
            return new CountingSet(numbers.tailSet(from));
        }

        @Override
        public Integer first() {
            return numbers.first();
        }

        @Override
        public Integer last() {
            return numbers.last();
        }
    }
}
