package dev.ratchet.service.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One setting: its key in the YAML file and the environment variables that beat it, the first that is set.
 *
 * @param path dotted key in the file
 * @param variables names of the environment variables
 * @param kind what the value is
 * @param standard the value without configuration, as it would stand in a variable; empty for none
 * @param meaning one line for the documents
 */
public record ConfigKey(String path, List<String> variables, Kind kind, String standard, String meaning) {
    /** What a value may be. */
    public enum Kind {
        TEXT,
        /** 1 to 65535, or 0 for any free one. */
        PORT,
        /** A whole number from 1 to 2147483647. */
        COUNT,
        /** A file or folder; relative to the configuration file's folder, in a variable to the working folder. */
        PATH,
        /** A list of text; in a variable comma separated. */
        LIST,
        /** Any JSON object, checked by whoever reads it. */
        OBJECT
    }

    static final ConfigKey HOST = key("host", Kind.TEXT, "127.0.0.1", "address the API listens on");
    static final ConfigKey PORT = key("port", Kind.PORT, "8080", "port of the API");
    static final ConfigKey ADMIN_PORT =
            key("admin_port", Kind.PORT, "8081", "port of health and metrics, loopback only");
    static final ConfigKey ALLOWED_HOSTS = key(
            "allowed_hosts",
            Kind.LIST,
            "",
            "names under which the API answers, beside localhost and that of public_url");
    static final ConfigKey PUBLIC_URL =
            key("public_url", Kind.TEXT, "", "where others reach the API; links in notices begin with it");
    static final ConfigKey LINK_KEY =
            key("link_key", Kind.TEXT, "", "signs links by which people decide; default: one made in data");
    static final ConfigKey DATA = key("data", Kind.PATH, "", "folder of the embedded engine");
    static final ConfigKey BLOBS = key("blobs", Kind.PATH, "", "folder of stored values; default: blobs in data");
    static final ConfigKey RETENTION_DAYS =
            key("retention_days", Kind.COUNT, "30", "days that finished runs and their blobs are kept");
    static final ConfigKey TEMPORAL_ADDRESS =
            key("temporal.address", "TEMPORAL_ADDRESS", "", "host:port of Temporal, for server and worker");
    static final ConfigKey TEMPORAL_NAMESPACE =
            key("temporal.namespace", "TEMPORAL_NAMESPACE", "default", "Temporal's namespace");
    static final ConfigKey TASK_QUEUE = key("task_queue", Kind.TEXT, "ratchet", "task queue of runs and workers");
    static final ConfigKey EGRESS_ALLOW =
            key("egress_allow", Kind.LIST, "", "host:port that tasks may call although it is private");
    static final ConfigKey EGRESS_DENY = key(
            "egress_deny",
            Kind.LIST,
            "",
            "hosts that tasks never call, *.example.com for all below one; beats egress_allow");
    static final ConfigKey SECRETS = key("secrets", Kind.PATH, "/run/secrets", "folder of the secrets, one file each");
    static final ConfigKey SECRET_ENV =
            key("secret_env", Kind.LIST, "", "variables of the worker's environment that are secrets; no other one is");
    static final ConfigKey MODELS =
            key("models", Kind.PATH, "", "model catalogue; default: the one that comes with Ratchet");
    static final ConfigKey DEFAULT_POLICY =
            key("defaults.policy", Kind.OBJECT, "", "policy that fills what a document leaves out");

    private static final List<ConfigKey> ALL = Stream.concat(
                    Stream.of(
                            HOST,
                            PORT,
                            ADMIN_PORT,
                            ALLOWED_HOSTS,
                            PUBLIC_URL,
                            LINK_KEY,
                            DATA,
                            BLOBS,
                            RETENTION_DAYS,
                            TEMPORAL_ADDRESS,
                            TEMPORAL_NAMESPACE,
                            TASK_QUEUE,
                            EGRESS_ALLOW,
                            EGRESS_DENY,
                            SECRETS,
                            SECRET_ENV,
                            MODELS,
                            DEFAULT_POLICY),
                    Arrays.stream(Limit.values()).map(ConfigKey::of))
            .toList();

    public ConfigKey {
        variables = List.copyOf(variables);
    }

    /** Every key there is. */
    public static List<ConfigKey> all() {
        return ALL;
    }

    static ConfigKey of(Limit limit) {
        return key(limit.key(), Kind.COUNT, Integer.toString(limit.standard()), "limit, at most " + limit.most());
    }

    static Optional<ConfigKey> at(String path) {
        return ALL.stream().filter(key -> key.path.equals(path)).findFirst();
    }

    private static ConfigKey key(String path, Kind kind, String standard, String meaning) {
        return new ConfigKey(path, List.of(ownVariable(path)), kind, standard, meaning);
    }

    private static ConfigKey key(String path, String variable, String standard, String meaning) {
        return new ConfigKey(path, List.of(ownVariable(path), variable), Kind.TEXT, standard, meaning);
    }

    private static String ownVariable(String path) {
        return "RATCHET_" + path.replace('.', '_').toUpperCase(Locale.ROOT);
    }
}
