package dev.ratchet.run;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Views of a run that lie about one thing: what a decider that forgets to look at it would see. */
final class MutantView {
    private MutantView() {}

    /** The run, with another answer to the method of a name. */
    static RunView run(RunView honest, String method, UnaryOperator<Object> lie) {
        return lying(RunView.class, honest, Map.of(method, lie));
    }

    /** A run of one scope, with another answer in its lane, which is looked at whether there is something to do or not. */
    static RunView lanes(RunView honest, String method, UnaryOperator<Object> lie) {
        RunState run = (RunState) honest;
        LaneView folding = run.folding();
        LaneView lane = folding == null ? run.scope(TaskKey.ROOT).main : folding;
        return lanes(honest, lanes -> List.of(lying(LaneView.class, lane, Map.of(method, lie))));
    }

    /** The run, with other lanes wherever it is asked for some. */
    static RunView lanes(RunView honest, UnaryOperator<Object> others) {
        return lying(RunView.class, honest, Map.of("admitting", others, "paying", others, "starting", others));
    }

    /** The run, with another answer in each of its tasks. */
    static RunView tasks(RunView honest, String method, UnaryOperator<Object> lie) {
        return run(honest, "task", task -> lying(TaskView.class, (TaskView) task, Map.of(method, lie)));
    }

    private static <T> T lying(Class<T> type, T honest, Map<String, UnaryOperator<Object>> lies) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object answer = invoke(honest, method, arguments);
                    UnaryOperator<Object> lie = lies.get(method.getName());
                    return lie == null ? answer : lie.apply(answer);
                }));
    }

    @SuppressWarnings("NullAway") // methods may be given and may return nothing
    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
