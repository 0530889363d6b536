package dev.ratchet.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RatchetConfigTest {
    @TempDir
    Path home;

    private final Map<String, String> variables = new HashMap<>();

    @BeforeEach
    void givenNoVariables() {
        variables.clear();
    }

    private RatchetConfig load() {
        return RatchetConfig.load(null, new Environment(variables, home));
    }

    private RatchetConfig load(String yaml) throws IOException {
        Path file = Files.writeString(home.resolve("ratchet.yaml"), yaml);
        return RatchetConfig.load(file, new Environment(variables, home));
    }

    @Test
    void shouldWorkWithoutAFile() {
        RatchetConfig config = load();

        assertThat(config.api()).isEqualTo(new RatchetConfig.Api("127.0.0.1", 8080, 8081, List.of()));
        assertThat(config.temporal().address()).isEmpty();
        assertThat(config.temporal().namespace()).isEqualTo("default");
        assertThat(config.temporal().taskQueue()).isEqualTo("ratchet");
        assertThat(config.storage().data()).isEqualTo(home.resolve(".local/share/ratchet"));
        assertThat(config.storage().blobs()).isEqualTo(home.resolve(".local/share/ratchet/blobs"));
        assertThat(config.storage().retentionDays()).isEqualTo(30);
        assertThat(config.worker().egressAllow()).isEmpty();
        assertThat(config.worker().egressDeny()).isEmpty();
        assertThat(config.worker().secrets()).isEqualTo(Path.of("/run/secrets"));
        assertThat(config.worker().models()).isEmpty();
        assertThat(config.limits().of(Limit.BODY_BYTES)).isEqualTo(4_194_304);
        assertThat(config.defaultPolicy()).isEmpty();
    }

    @Test
    void shouldReadTheFile() throws IOException {
        RatchetConfig config = load("""
                host: 0.0.0.0
                port: 9090
                admin_port: 0
                data: data
                retention_days: 7
                temporal: {address: "temporal:7233", namespace: prod}
                task_queue: big
                egress_allow: ["localhost:9000", "10.0.0.1:80"]
                egress_deny: ["*.example.com"]
                secrets: ~/secrets
                models: models.yaml
                defaults:
                  policy: {max_parallelism: 4}
                limits:
                  tasks: 50
                """);

        assertThat(config.api()).isEqualTo(new RatchetConfig.Api("0.0.0.0", 9090, 0, List.of()));
        assertThat(config.temporal().address()).contains("temporal:7233");
        assertThat(config.temporal().namespace()).isEqualTo("prod");
        assertThat(config.temporal().taskQueue()).isEqualTo("big");
        assertThat(config.storage().data()).isEqualTo(home.resolve("data"));
        assertThat(config.storage().blobs()).isEqualTo(home.resolve("data/blobs"));
        assertThat(config.storage().retentionDays()).isEqualTo(7);
        assertThat(config.worker().egressAllow()).containsExactly("localhost:9000", "10.0.0.1:80");
        assertThat(config.worker().egressDeny()).containsExactly("*.example.com");
        assertThat(config.worker().secrets()).isEqualTo(home.resolve("secrets"));
        assertThat(config.worker().models()).contains(home.resolve("models.yaml"));
        assertThat(config.defaultPolicy().at("/max_parallelism").intValue()).isEqualTo(4);
        assertThat(config.limits().of(Limit.TASKS)).isEqualTo(50);
        assertThat(config.limits().of(Limit.EDGES)).isEqualTo(50_000);
    }

    @Test
    void shouldLetVariablesBeatTheFile() throws IOException {
        variables.put("RATCHET_PORT", "7001");
        variables.put("RATCHET_DATA", "/elsewhere");
        variables.put("TEMPORAL_ADDRESS", "10.1.1.1:7233");
        variables.put("TEMPORAL_NAMESPACE", "mine");
        variables.put("RATCHET_EGRESS_ALLOW", "localhost:1, localhost:2,");
        variables.put("RATCHET_EGRESS_DENY", "example.com, *.example.org");
        variables.put("RATCHET_DEFAULTS_POLICY", "{\"on_budget\": \"pause\"}");
        variables.put("RATCHET_LIMITS_EDGES", "12");

        RatchetConfig config = load("""
                port: 9090
                data: data
                temporal: {address: "temporal:7233"}
                egress_allow: ["localhost:9000"]
                limits: {edges: 5}
                """);

        assertThat(config.api().port()).isEqualTo(7001);
        assertThat(config.storage().data()).isEqualTo(Path.of("/elsewhere"));
        assertThat(config.temporal().address()).contains("10.1.1.1:7233");
        assertThat(config.temporal().namespace()).isEqualTo("mine");
        assertThat(config.worker().egressAllow()).containsExactly("localhost:1", "localhost:2");
        assertThat(config.worker().egressDeny()).containsExactly("example.com", "*.example.org");
        assertThat(config.defaultPolicy().at("/on_budget").textValue()).isEqualTo("pause");
        assertThat(config.limits().of(Limit.EDGES)).isEqualTo(12);
    }

    @Test
    void shouldReadTheFileThatTheEnvironmentNames() throws IOException {
        Path file = Files.writeString(home.resolve("named.yaml"), "port: 9191\n");
        variables.put("RATCHET_CONFIG", file.toString());

        assertThat(load().api().port()).isEqualTo(9191);
    }

    @Test
    void shouldTakeAnEmptyFileForNone() throws IOException {
        assertThat(load("# nothing yet\n")).isEqualTo(load());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            prot: 1                          | 'prot' is none; known there: admin_port, allowed_hosts, blobs, data, defaults
            temporal: {adress: x}            | 'temporal.adress' is none; known there: address, namespace
            limits: {turtles: 1}             | 'limits.turtles' is none
            limits: 5                        | 'limits'
            port: high                       | to be a whole number from 0 to 65535, but it is 'high'
            port: 70000                      | but it is '70000'
            port: 80.5                       | but it is '80.5'
            port: -1                         | but it is '-1'
            limits: {tasks: 0}               | 'limits.tasks'
            limits: {parallelism: 501}       | to be a whole number from 1 to 500, but it is '501'
            retention_days: 99999999999      | 'retention_days'
            host: [a]                        | to be one value, but it is a list
            egress_allow: here               | to be a list, but it is text
            defaults: {policy: 3}            | to be an object, but it is a number
            [1, 2]                           | Expected the top level
            {port: 1, port: 2}               | to be YAML, but Duplicate field 'port'
            'port: "'                        | to be YAML
            """)
    void shouldRefuseWhatItDoesNotUnderstand(String yaml, String message) {
        assertThatThrownBy(() -> load(yaml))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("Expected ")
                .hasMessageContaining(message)
                .hasMessageContaining("ratchet.yaml");
    }

    @Test
    void shouldNameTheVariableThatIsWrong() {
        variables.put("RATCHET_LIMITS_TASKS", "many");

        assertThatThrownBy(this::load)
                .isInstanceOf(ConfigException.class)
                .hasMessage("Expected RATCHET_LIMITS_TASKS to be a whole number from 1 to 100000, but it is 'many'");
    }

    @Test
    void shouldRefuseAFileThatIsNotThere() {
        variables.put("RATCHET_CONFIG", home.resolve("absent.yaml").toString());

        assertThatThrownBy(this::load)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("Expected to read configuration")
                .hasMessageContaining("absent.yaml");
    }

    @ParameterizedTest
    @EnumSource(Limit.class)
    void shouldHaveAKeyAndAVariableForEachLimit(Limit limit) {
        ConfigKey key = ConfigKey.at(limit.key()).orElseThrow();
        variables.put(key.variables().get(0), "3");

        assertThat(load().limits().of(limit)).isEqualTo(3);
    }

    @Test
    void shouldGiveEachKeyAVariableOfItsOwn() {
        assertThat(ConfigKey.all()).flatExtracting(ConfigKey::variables).doesNotHaveDuplicates();
        assertThat(ConfigKey.all()).extracting(ConfigKey::path).doesNotHaveDuplicates();
        assertThat(ConfigKey.all()).allSatisfy(key -> assertThat(key.meaning()).isNotBlank());
    }

    @Test
    void shouldMoveBlobsWithTheDataFolderUnlessTheyLiveElsewhere() throws IOException {
        assertThat(load().withData(home).storage().blobs()).isEqualTo(home.resolve("blobs"));
        assertThat(load("blobs: /srv/blobs").withData(home).storage().blobs()).isEqualTo(Path.of("/srv/blobs"));
    }

    @Test
    void shouldFollowTheXdgFolders() {
        variables.put("XDG_DATA_HOME", "/data");
        assertThat(load().storage().data()).isEqualTo(Path.of("/data/ratchet"));
        variables.put("XDG_DATA_HOME", "relative/is/ignored");
        assertThat(load().storage().data()).isEqualTo(home.resolve(".local/share/ratchet"));
    }
}
