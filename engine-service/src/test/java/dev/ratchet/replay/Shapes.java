package dev.ratchet.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.document.Json;
import dev.ratchet.replay.Shape.Meanwhile;
import java.util.List;

/** Every shape of run that there is. A new feature of the engine adds its own; none is ever taken away. */
final class Shapes {
    private static final String QUICK = "\"type\": \"function\", \"function\": \"noop\"";

    private Shapes() {}

    static List<Shape> all() {
        return List.of(
                chain(),
                Shape.of("conditions", "completed", "condition", """
                        {"input": {"score": 87}, "tasks": [
                          {"id": "review", "type": "transform", "expression": "{'accepted': input.score}"},
                          {"id": "publish", "type": "function", "function": "echo",
                           "deps": [{"task": "review", "port": "accepted", "to_input": "score"}]},
                          {"id": "revise", %1$s, "deps": [{"task": "review", "port": "refused"}]},
                          {"id": "announce", %1$s, "deps": [{"task": "publish", "when": "$.score >= 85"}]},
                          {"id": "compare", %1$s, "deps": [{"task": "announce", "when": "tasks.review.output.accepted > 90"}]},
                          {"id": "late", %1$s, "when": "tasks.publish.output.score == input.score", "deps": ["publish"]},
                          {"id": "never", %1$s, "when": "tasks.publish.output.missing == 1", "allow_failure": true, "deps": ["publish"]},
                          {"id": "archive", "type": "transform", "trigger_rule": "all_done",
                           "expression": "tasks.publish.state + tasks.revise.state", "deps": ["publish", "revise", "never"]}]}
                        """.formatted(QUICK)),
                Shape.of("group", "completed", "\"group\"", """
                        {"input": {"words": ["durable", "task", "graphs"]}, "tasks": [
                          {"id": "read", "type": "function", "function": "echo", "input": {"words": "${input.words}"}, "group": "g"},
                          {"id": "number", "type": "transform", "expression": "size(tasks.read.output.words)", "deps": ["read"], "group": "g"},
                          {"id": "long", "type": "transform", "expression": "tasks.read.output.words.filter(w, size(w) > 5)",
                           "deps": ["read"], "group": "g"},
                          {"id": "record", "type": "function", "function": "echo",
                           "input": {"text": "${size(tasks.long.output)} of ${tasks.number.output}"}, "deps": ["number", "long"], "group": "g"},
                          {"id": "skipped", %1$s, "deps": [{"task": "record", "when": "output.text == ''"}], "group": "g"},
                          {"id": "report", %1$s, "deps": ["record"]}]}
                        """.formatted(QUICK)),
                Shape.of("group_failure", "failed", "\"steps\"", """
                        {"policy": {"on_failure": "skip_dependents"}, "tasks": [
                          {"id": "a", %1$s, "group": "g"},
                          {"id": "b", "type": "function", "function": "fail", "retry": {"max_attempts": 2, "initial_interval_ms": 100},
                           "deps": ["a"], "group": "g"},
                          {"id": "c", %1$s, "deps": ["b"], "group": "g"},
                          {"id": "d", %1$s, "deps": ["a"], "group": "g"},
                          {"id": "e", %1$s, "deps": ["c"]}]}
                        """.formatted(QUICK)),
                Shape.of("retries", "failed", "TIMER_FIRED", """
                        {"policy": {"on_failure": "finish_running"}, "tasks": [
                          {"id": "heals", "type": "function", "function": "fail", "input": {"until_attempt": 3},
                           "retry": {"max_attempts": 5, "initial_interval_ms": 50}},
                          {"id": "fails", "type": "function", "function": "fail",
                           "retry": {"max_attempts": 2, "initial_interval_ms": 50}, "deps": ["heals"]},
                          {"id": "beside", "type": "function", "function": "sleep", "input": {"ms": 400}, "deps": ["heals"]},
                          {"id": "after", %1$s, "deps": ["beside"]}]}
                        """.formatted(QUICK)),
                Shape.of("allowed_failure", "completed", "\"failed\"", """
                        {"tasks": [
                          {"id": "primary", "type": "function", "function": "fail", "allow_failure": true},
                          {"id": "fallback", %1$s, "trigger_rule": "any_failed", "deps": ["primary"]},
                          {"id": "follower", %1$s, "deps": ["primary"]},
                          {"id": "answer", %1$s, "trigger_rule": "any_success", "deps": ["primary", "fallback"]}]}
                        """.formatted(QUICK)),
                Shape.of("branch", "completed", "\"took\"", """
                        {"input": {"score": 80.5}, "tasks": [
                          {"id": "score", "type": "function", "function": "echo", "input": {"score": "${input.score}"}},
                          {"id": "route", "type": "branch", "deps": ["score"],
                           "rules": [{"when": "output.score >= 80", "to": ["good"]}], "default": ["bad"]},
                          {"id": "good", %1$s, "deps": [{"task": "route", "when": "output.rule == 0"}]},
                          {"id": "bad", %1$s, "deps": ["route"]}]}
                        """.formatted(QUICK)),
                Shape.of("loop", "completed", "draft[2].write", """
                        {"tasks": [
                          {"id": "draft", "type": "loop", "max_iterations": 5, "until": "output.review == 2", "timeout_ms": 60000, "body": [
                            {"id": "write", "type": "function", "function": "echo", "input": {"turn": "${iteration}", "before": "${previous}"}},
                            {"id": "review", "type": "transform", "deps": ["write"], "expression": "iteration"},
                            {"id": "spell", "type": "transform", "deps": ["write"], "expression": "string(iteration)"}]},
                          {"id": "end", %1$s, "deps": ["draft"]}]}
                        """.formatted(QUICK)),
                Shape.of("map", "completed", "each[3].one", """
                        {"input": {"rows": [1, 2, 0, 4]}, "policy": {"max_parallelism": 2}, "tasks": [
                          {"id": "each", "type": "map", "items": "input.rows", "max_parallelism": 3, "on_item_failure": "collect", "body": [
                            {"id": "one", "type": "function", "function": "echo", "input": {"share": "${4 / item}"}},
                            {"id": "two", %1$s, "deps": ["one"]}]},
                          {"id": "end", %1$s, "deps": ["each"]}]}
                        """.formatted(QUICK)),
                Shape.of("map_failure", "failed", "ACTIVITY_TASK_CANCEL", """
                        {"policy": {"tasks_per_activity": 1}, "tasks": [
                          {"id": "each", "type": "map", "items": "[0, 1]", "body": [
                            {"id": "flies", "type": "function", "function": "sleep", "input": {"ms": 60000}, "when": "item == 1"},
                            {"id": "fails", "type": "function", "function": "fail", "when": "item == 0"}]}]}
                        """),
                Shape.of("activity", "failed", "nobody", """
                        {"policy": {"on_failure": "skip_dependents"}, "tasks": [
                          {"id": "a", "type": "activity", "activity_type": "count", "task_queue": "nobody", "timeout_ms": 300,
                           "input": {"n": 1}, "retry": {"max_attempts": 2, "initial_interval_ms": 50}},
                          {"id": "b", %1$s, "deps": ["a"]}, {"id": "c", %1$s}]}
                        """.formatted(QUICK)),
                Shape.of("paused", "completed", "\"pause\"", Meanwhile.PAUSE, """
                        {"tasks": [{"id": "a", %1$s},
                          {"id": "b", "type": "function", "function": "sleep", "input": {"ms": 3000}, "deps": ["a"]},
                          {"id": "c", %1$s, "deps": ["b"]}]}
                        """.formatted(QUICK)),
                Shape.of("patched", "completed", "WORKFLOW_EXECUTION_UPDATE_ACCEPTED", Meanwhile.PATCH, """
                        {"tasks": [{"id": "a", "type": "function", "function": "echo", "input": {"text": "durable"}},
                          {"id": "b", "type": "function", "function": "sleep", "input": {"ms": 3000}, "deps": ["a"]},
                          {"id": "c", %1$s, "deps": ["b"]}]}
                        """.formatted(
                                QUICK)),
                Shape.of("retried", "completed", "\"retry\"", Meanwhile.RETRY, """
                        {"policy": {"on_failure": "skip_dependents", "scheduling": "dataflow"}, "tasks": [
                          {"id": "a", "type": "function", "function": "fail", "input": {"until_attempt": 1}},
                          {"id": "after", %1$s, "deps": ["a"]},
                          {"id": "b", "type": "function", "function": "sleep", "input": {"ms": 4000}},
                          {"id": "d", %1$s, "deps": ["b"]}]}
                        """.formatted(QUICK)),
                Shape.of("wait", "completed", "TIMER_FIRED", """
                        {"tasks": [
                          {"id": "a", %1$s},
                          {"id": "pause", "type": "wait", "duration_ms": 300, "deps": ["a"]},
                          {"id": "longer", "type": "wait", "duration_ms": 600, "deps": ["a"]},
                          {"id": "b", %1$s, "deps": ["pause", "longer"]}]}
                        """.formatted(QUICK)),
                Shape.of("asked", "completed", "Withdraw", """
                        {"input": {"amount": 5}, "tasks": [
                          {"id": "job", "type": "agent", "queue": "recorded", "input": {"n": "${input.amount}"},
                           "deadline_ms": 400, "on_deadline": "default", "default": {"n": 0}},
                          {"id": "next", "type": "agent", "queue": "recorded", "deadline_ms": 300, "on_deadline": "escalate",
                           "escalate_to": "others", "escalate_deadline_ms": 300, "allow_failure": true},
                          {"id": "ask", "type": "approval", "question": "Spend ${input.amount}?",
                           "deadline_ms": 500, "on_deadline": "default", "default": false, "deps": ["job"]},
                          {"id": "order", %1$s, "deps": [{"task": "ask", "when": "output.approved"}]},
                          {"id": "decline", %1$s, "deps": [{"task": "ask", "when": "!output.approved"}]}]}
                        """.formatted(QUICK)),
                Shape.of("dataflow", "completed", "dataflow", """
                        {"policy": {"scheduling": "dataflow", "max_parallelism": 3}, "tasks": [
                          {"id": "slow", "type": "function", "function": "sleep", "input": {"ms": 500}},
                          {"id": "quick", %1$s},
                          {"id": "next", %1$s, "deps": ["quick"]},
                          {"id": "last", %1$s, "deps": ["next"]},
                          {"id": "join", %1$s, "deps": ["slow", "last"]}]}
                        """.formatted(QUICK)),
                Shape.of("budget", "failed", "budget_exceeded", """
                        {"policy": {"budget_limit": {"amount": 0.004, "currency": "USD"}, "on_failure": "skip_dependents"},
                         "memory": ["We travel by night."], "tasks": [
                          {"id": "cheap", "prompt": "Name three risks of a night train", "model": "sim", "max_output_tokens": 500},
                          {"id": "dear", "prompt": "Write a book about each of them", "model": "sim", "max_output_tokens": 4000, "deps": ["cheap"]},
                          {"id": "print", %1$s, "deps": ["dear"]},
                          {"id": "modest", "prompt": "Write a sentence about each", "model": "sim", "max_output_tokens": 500, "deps": ["cheap"]}]}
                        """.formatted(QUICK)),
                Shape.of("budget_raised", "completed", "WORKFLOW_EXECUTION_SIGNALED", Meanwhile.RAISE_BUDGET, """
                        {"policy": {"budget_limit": {"amount": 0.001, "currency": "USD"}, "on_budget": "pause"}, "tasks": [
                          {"id": "first", "prompt": "Name three risks", "model": "sim", "max_output_tokens": 10},
                          {"id": "dear", "prompt": "Write a book about them", "model": "sim", "max_output_tokens": 4000, "deps": ["first"]}]}
                        """),
                Shape.of("abort", "aborted", "WORKFLOW_EXECUTION_SIGNALED", Meanwhile.ABORT, inFlight("")),
                Shape.of(
                        "cancelled_in_temporal",
                        "aborted",
                        "WORKFLOW_EXECUTION_CANCEL_REQUESTED",
                        Meanwhile.CANCEL,
                        inFlight("")),
                Shape.of("run_timeout", "failed", "\"timeout\"", inFlight("\"timeout_ms\": 1500, ")),
                Shape.of("task_timeout", "failed", "\"timeout\"", """
                        {"tasks": [{"id": "a", "type": "function", "function": "sleep", "input": {"ms": 60000}, "timeout_ms": 300},
                          {"id": "b", %1$s, "deps": ["a"]}]}
                        """.formatted(QUICK)),
                Shape.of("fail_fast", "failed", "ACTIVITY_TASK_CANCEL", """
                        {"tasks": [
                          {"id": "fails", "type": "function", "function": "fail"},
                          {"id": "flies1", "type": "function", "function": "sleep", "input": {"ms": 60000}},
                          {"id": "flies2", "type": "function", "function": "sleep", "input": {"ms": 60000}},
                          {"id": "after", %1$s, "deps": ["flies1"]}]}
                        """.formatted(QUICK)),
                Shape.of("early_report", "completed", "WORKFLOW_EXECUTION_SIGNALED", """
                        {"policy": {"scheduling": "dataflow", "tasks_per_activity": 8}, "tasks": [
                          {"id": "root", %1$s},
                          {"id": "p1", "type": "function", "function": "sleep", "input": {"ms": 10}, "deps": ["root"]},
                          {"id": "p2", "type": "function", "function": "sleep", "input": {"ms": 10}, "deps": ["root"]},
                          {"id": "p3", "type": "function", "function": "sleep", "input": {"ms": 3500}, "deps": ["root"]},
                          {"id": "join", %1$s, "deps": ["p1", "p2", "p3"]}]}
                        """.formatted(QUICK)),
                Shape.of(
                        "lost_delivery",
                        "completed",
                        "ACTIVITY_TASK_TIMED_OUT",
                        Meanwhile.LOSE_WORKER,
                        interrupted(4_000)),
                Shape.of("interrupted", "completed", "\"r\":\"i\"", Meanwhile.STOP_WORKER, interrupted(34_000)),
                Shape.of("queue_without_worker", "failed", "FindWorkers", """
                        {"tasks": [{"id": "a", %1$s, "task_queue": "nobody", "timeout_ms": 12000}]}
                        """.formatted(QUICK)),
                Shape.of("child_runs", "completed", "StartRun", """
                        {"policy": {"budget_limit": {"amount": 1.0, "currency": "USD"}}, "tasks": [
                          {"id": "work", "type": "run", "input": {"topic": "night trains"}, "graph": {
                            "policy": {"budget_limit": {"amount": 0.2, "currency": "USD"}},
                            "tasks": [{"id": "think", "prompt": "Think of ${input.topic}", "model": "sim"},
                                      {"id": "say", "type": "transform", "expression": "tasks.think.output", "deps": ["think"]}]}},
                          {"id": "broken", "type": "run", "allow_failure": true, "retry": {"max_attempts": 2, "initial_interval_ms": 50}, "graph": {
                            "policy": {"budget_limit": {"amount": 0.1, "currency": "USD"}},
                            "tasks": [{"id": "fails", "type": "function", "function": "fail"}]}},
                          {"id": "beside", "type": "run", "wait": false, "graph": {
                            "policy": {"budget_limit": {"amount": 0.1, "currency": "USD"}},
                            "tasks": [{"id": "quick", %1$s}]}},
                          {"id": "report", "type": "transform", "trigger_rule": "all_done",
                           "expression": "size(tasks.work.output)", "deps": ["work", "broken", "beside"]}]}
                        """.formatted(QUICK)),
                Shape.of("child_aborted", "aborted", "StopRun", Meanwhile.ABORT, """
                        {"policy": {"max_parallelism": 3}, "tasks": [
                          {"id": "a", %1$s},
                          {"id": "b", "type": "function", "function": "sleep", "input": {"ms": 60000}, "deps": ["a"]},
                          {"id": "child", "type": "run", "deps": ["a"], "graph": {
                            "tasks": [{"id": "waits", "type": "agent", "queue": "nobody"}]}}]}
                        """.formatted(QUICK)),
                Shape.of("rerun", "completed", "\"rerunOf\"", Meanwhile.RERUN, """
                        {"tasks": [
                          {"id": "a", %1$s},
                          {"id": "b", %1$s, "deps": ["a"]},
                          {"id": "c", "type": "transform", "expression": "tasks.b.state", "deps": ["b"]}]}
                        """.formatted(QUICK)),
                inlineChain(),
                fan("wide_pack", 150, 0, ", 38 tasks"),
                fan("sealed", 1_050, 0, "page 1 of settled tasks"),
                fan("plan_by_hash", 60, 3_000, "\"plan\":{\"hash\":"),
                renewed());
    }

    private static String inFlight(String policy) {
        return """
                {"policy": {%s"max_parallelism": 3}, "tasks": [
                  {"id": "a", %s},
                  {"id": "b1", "type": "function", "function": "sleep", "input": {"ms": 60000}, "deps": ["a"]},
                  {"id": "b2", "type": "function", "function": "sleep", "input": {"ms": 60000}, "deps": ["a"]},
                  {"id": "b3", "type": "wait", "duration_ms": 60000, "deps": ["a"]},
                  {"id": "c", %s, "deps": ["b1"]}]}
                """.formatted(policy, QUICK, QUICK);
    }

    /** The first delivery of {@code b} never reports. */
    private static String interrupted(int millis) {
        return """
                {"tasks": [
                  {"id": "a", %1$s},
                  {"id": "b", "type": "function", "function": "sleep", "input": {"ms": %2$d}, "deps": ["a"]},
                  {"id": "c", %1$s, "deps": ["b"]}]}
                """.formatted(QUICK, millis);
    }

    private static Shape chain() {
        ObjectNode document = Json.mapper().createObjectNode();
        ArrayNode tasks = document.putArray("tasks");
        for (int i = 0; i < 5; i++) {
            follow(tasks, i).put("type", "function").put("function", "noop");
        }
        return new Shape("chain", document, Meanwhile.NOTHING, "completed", "ACTIVITY_TASK_COMPLETED");
    }

    private static Shape inlineChain() {
        ObjectNode document = Json.mapper().createObjectNode();
        ArrayNode tasks = document.putArray("tasks");
        for (int i = 0; i < 40; i++) {
            follow(tasks, i)
                    .put("type", "transform")
                    .put("expression", i == 0 ? "1" : "tasks.t%04d.output + 1".formatted(i - 1));
        }
        return new Shape("inline_chain", document, Meanwhile.NOTHING, "completed", "LocalActivity");
    }

    /** So long that it continues as a new execution. */
    private static Shape renewed() {
        ObjectNode document = Json.mapper().createObjectNode();
        ArrayNode tasks = document.putArray("tasks");
        for (int i = 0; i < 700; i++) {
            follow(tasks, i).put("type", "function").put("function", "noop");
        }
        return new Shape("renewed", document, Meanwhile.NOTHING, "completed", "CONTINUED_AS_NEW");
    }

    private static ObjectNode follow(ArrayNode tasks, int i) {
        ObjectNode task = tasks.addObject().put("id", "t%04d".formatted(i));
        if (i > 0) {
            task.putArray("deps").add("t%04d".formatted(i - 1));
        }
        return task;
    }

    private static Shape fan(String name, int width, int weight, String witness) {
        ObjectNode document = Json.mapper().createObjectNode();
        document.putObject("policy").put("max_parallelism", 500);
        ArrayNode tasks = document.putArray("tasks");
        tasks.addObject().put("id", "root").put("type", "function").put("function", "noop");
        ArrayNode all = Json.mapper().createArrayNode();
        for (int i = 0; i < width; i++) {
            String id = "m%04d".formatted(i);
            ObjectNode task = tasks.addObject().put("id", id).put("type", "function");
            task.put("function", "noop").putObject("input").put("weight", "x".repeat(weight));
            task.putArray("deps").add("root");
            all.add(id);
        }
        tasks.addObject()
                .put("id", "join")
                .put("type", "function")
                .put("function", "noop")
                .set("deps", all);
        return new Shape(name, document, Meanwhile.NOTHING, "completed", witness);
    }
}
