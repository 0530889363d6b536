package dev.ratchet.service.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A document drawn at the limits: a few clusters of tasks, each of which is heavy in a way of its own.
 *
 * @param clusters what it is made of
 * @param ends whether it ends by itself: nobody answers its agents, or polls for its activities
 */
record LargeDocument(long seed, List<Cluster> clusters, ObjectNode json, boolean ends) {
    private static final int LONGEST_ID = 128;

    /** Ways to be heavy. */
    enum Cluster {
        /** One line each, and a memory before them all. */
        PROMPTS,
        /** Outputs that are small one by one. */
        TRANSFORMS,
        /** Errors as long as they may be, in several attempts. */
        FAILURES,
        /** Inputs that come back as outputs. */
        ECHOES,
        /** A task that hundreds of failed ones block. */
        BLOCKED,
        /** Conditions as long as they may be, each of which is shown. */
        CONDITIONS,
        /** Items of a map. */
        ITEMS,
        /** Inputs that wait with their tasks. */
        AGENTS,
        /** Inputs that are sent to somebody else's workers. */
        ACTIVITIES
    }

    /** So many documents of two clusters each; all ways to be heavy have their turn. */
    static List<LargeDocument> drawn(long seed, int count) {
        List<Cluster> order = new ArrayList<>(List.of(Cluster.values()));
        Collections.shuffle(order, new Random(seed));
        List<LargeDocument> documents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Cluster one = order.get(2 * i % order.size());
            Cluster other = order.get((2 * i + 1) % order.size());
            documents.add(of(seed + i, List.of(one, other)));
        }
        return documents;
    }

    /** One that is made of these; the same each time. */
    static LargeDocument of(long seed, List<Cluster> clusters) {
        Random random = new Random(seed);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", "語".repeat(256));
        ObjectNode labels = json.putObject("labels");
        for (int i = 0; i < 16; i++) {
            labels.put(("label" + i + "-").concat("l".repeat(63)).substring(0, 63), "v".repeat(63));
        }
        json.putObject("input").put("text", text(random, 12_000));
        json.putObject("policy").put("max_parallelism", 500).put("on_failure", "skip_dependents");
        ArrayNode tasks = json.putArray("tasks");
        for (int i = 0; i < clusters.size(); i++) {
            new Tasks(random, json, tasks, "c" + i).add(clusters.get(i));
        }
        boolean ends = !clusters.contains(Cluster.AGENTS) && !clusters.contains(Cluster.ACTIVITIES);
        return new LargeDocument(seed, List.copyOf(clusters), json, ends);
    }

    int size() {
        return json.path("tasks").size();
    }

    @Override
    public String toString() {
        return "seed " + seed + ": " + clusters + ", " + size() + " tasks";
    }

    private static String text(Random random, int characters) {
        String alphabet = random.nextBoolean() ? "abcdefgh" : "語é\"\\\nz€x";
        StringBuilder text = new StringBuilder(characters);
        for (int i = 0; i < characters; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private record Tasks(Random random, ObjectNode document, ArrayNode tasks, String prefix) {
        void add(Cluster cluster) {
            switch (cluster) {
                case PROMPTS -> prompts(1_200 + random.nextInt(200));
                case TRANSFORMS -> transforms(8_000 + random.nextInt(1_000), 300);
                case FAILURES -> failures(600 + random.nextInt(300), 1 + random.nextInt(2));
                case ECHOES -> echoes(100 + random.nextInt(200), 1_000 + random.nextInt(15_000));
                case BLOCKED -> blocked(300 + random.nextInt(300));
                case CONDITIONS -> conditions(200 + random.nextInt(200));
                case ITEMS -> items(100 + random.nextInt(200));
                case AGENTS -> agents(1_200 + random.nextInt(200), 3_000);
                case ACTIVITIES -> activities(60 + random.nextInt(10), 70_000 + random.nextInt(20_000));
            }
        }

        private void prompts(int count) {
            document.putArray("memory").add("m".repeat(3_000));
            for (int i = 0; i < count; i++) {
                task(i).put("prompt", "Say " + i).put("model", "sim");
            }
        }

        private void transforms(int count, int characters) {
            for (int i = 0; i < count; i++) {
                task(i).put("type", "transform").put("expression", "'" + "t".repeat(characters) + "'");
            }
        }

        private void failures(int count, int attempts) {
            for (int i = 0; i < count; i++) {
                failure(i).putObject("retry").put("max_attempts", attempts).put("initial_interval_ms", 1);
            }
        }

        private ObjectNode failure(int number) {
            ObjectNode task =
                    task(number).put("type", "function").put("function", "fail").put("allow_failure", true);
            task.putObject("input").put("message", text(random, 2_000));
            return task;
        }

        private void echoes(int count, int characters) {
            for (int i = 0; i < count; i++) {
                task(i).put("type", "function")
                        .put("function", "echo")
                        .putObject("input")
                        .put("text", text(random, characters));
            }
        }

        private void blocked(int count) {
            for (int i = 0; i < count; i++) {
                failure(i);
            }
            for (int i = 0; i < 5; i++) {
                ArrayNode deps = task(count + i)
                        .put("type", "function")
                        .put("function", "noop")
                        .putArray("deps");
                for (int source = 0; source < count; source++) {
                    deps.add(id(source));
                }
            }
        }

        private void conditions(int count) {
            for (int i = 0; i < count; i++) {
                task(i).put("type", "function")
                        .put("function", "noop")
                        .put("when", "'" + "c".repeat(3_900) + "' != run.id && " + i + " > 3");
            }
        }

        private void items(int count) {
            ObjectNode map = task(0).put("type", "map").put("on_item_failure", "collect");
            map.put("max_parallelism", 100);
            map.put("items", "[" + "'item',".repeat(count - 1) + "'item']");
            map.putArray("body")
                    .addObject()
                    .put("id", "b".repeat(LONGEST_ID))
                    .put("type", "function")
                    .put("function", "fail")
                    .putObject("input")
                    .put("message", text(random, 2_000));
        }

        private void agents(int count, int characters) {
            for (int i = 0; i < count; i++) {
                task(i).put("type", "agent")
                        .put("queue", "nobody")
                        .putObject("input")
                        .put("text", text(random, characters));
            }
        }

        private void activities(int count, int characters) {
            for (int i = 0; i < count; i++) {
                task(i).put("type", "activity")
                        .put("activity_type", "Nobodys")
                        .put("task_queue", "nobodys")
                        .putObject("input")
                        .put("text", "a".repeat(characters));
            }
        }

        private ObjectNode task(int number) {
            return tasks.addObject().put("id", id(number));
        }

        private String id(int number) {
            String name = prefix + "-%05d-".formatted(number);
            return name + "i".repeat(LONGEST_ID - name.length());
        }
    }
}
