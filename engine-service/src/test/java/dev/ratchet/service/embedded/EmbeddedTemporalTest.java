package dev.ratchet.service.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.Durations;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.client.WorkflowOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedTemporalTest {
    @TempDir
    Path folder;

    @TempDir
    Path other;

    private EmbeddedTemporal start() {
        return EmbeddedTemporal.start(folder, EmbeddedOptions.anyPort(TemporalForTests.cli()));
    }

    @Test
    void shouldBeHealthyWithOurNamespaceSettingsWhenStartReturns() {
        try (EmbeddedTemporal temporal = start();
                Connection connection = new Connection(temporal.address())) {
            var namespace = connection
                    .service()
                    .blockingStub()
                    .describeNamespace(DescribeNamespaceRequest.newBuilder()
                            .setNamespace("default")
                            .build());

            assertThat(namespace.getConfig().getWorkflowExecutionRetentionTtl()).isEqualTo(Durations.fromDays(30));
            assertThat(connection.searchAttributes())
                    .contains("RatchetState", "RatchetOrganization", "RatchetFailedTask", "RatchetLabels");
            assertThat(temporal.durable()).isTrue();
            assertThat(temporal.address()).startsWith("127.0.0.1:");
            assertThat(temporal.uiUrl()).isEmpty();
        }
    }

    @Test
    void shouldKeepAnAcceptedWorkflowAcrossAStopAndAKill() {
        try (EmbeddedTemporal temporal = start();
                Connection connection = new Connection(temporal.address())) {
            connection.start("kept");
        }
        EmbeddedTemporal killed = start();
        try (Connection connection = new Connection(killed.address())) {
            assertThat(connection.describes("kept")).isTrue();
            connection.start("kept-too");
            killed.kill();
        }
        try (EmbeddedTemporal again = start();
                Connection connection = new Connection(again.address())) {
            assertThat(connection.describes("kept")).isTrue();
            assertThat(connection.describes("kept-too")).isTrue();
            assertThat(connection.describes("never-started")).isFalse();
        }
    }

    @Test
    void shouldComeBackOnTheSamePortAfterAKill() {
        EmbeddedTemporal first = start();
        int port = port(first.address());
        first.kill();

        try (EmbeddedTemporal second = EmbeddedTemporal.start(
                folder, EmbeddedOptions.anyPort(TemporalForTests.cli()).withPort(port))) {
            assertThat(port(second.address())).isEqualTo(port);
        }
    }

    @Test
    void shouldTakeOtherPortsWhenTheWantedOnesAreTaken() {
        EmbeddedTemporal other = TemporalForTests.shared();
        int taken = port(other.address());
        EmbeddedOptions options =
                EmbeddedOptions.anyPort(TemporalForTests.cli()).withPort(taken).withUiPort(taken);

        try (EmbeddedTemporal temporal = EmbeddedTemporal.start(folder, options)) {
            assertThat(port(temporal.address())).isNotEqualTo(taken);
            assertThat(temporal.uiUrl())
                    .hasValueSatisfying(url -> assertThat(url)
                            .matches("http://127\\.\\d+\\.\\d+\\.\\d+:\\d+")
                            .doesNotEndWith(":" + taken)
                            .doesNotEndWith(temporal.address()));
        }
    }

    @Test
    void shouldListenWhereNobodyGuesses() throws Exception {
        EmbeddedOptions options =
                EmbeddedOptions.anyPort(TemporalForTests.cli()).withUiPort(0);
        String first;
        try (EmbeddedTemporal temporal = EmbeddedTemporal.start(folder, options)) {
            first = URI.create(temporal.uiUrl().orElseThrow()).getHost();
            assertThat(get(temporal.uiUrl().orElseThrow())).isEqualTo(200);
        }
        try (EmbeddedTemporal again = EmbeddedTemporal.start(folder, options)) {
            assertThat(URI.create(again.uiUrl().orElseThrow()).getHost()).isEqualTo(first);
        }
        assertThat(UiAddress.in(other)).as("of another folder").isNotEqualTo(first);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldKeepTemporalsHttpApiClosed() throws Exception {
        try (EmbeddedTemporal temporal = start()) {
            List<Integer> listening = ListeningPorts.of(temporal.pid().orElseThrow());
            assertThat(listening).contains(port(temporal.address()));
            for (int port : listening) {
                assertThat(get("http://127.0.0.1:" + port + "/api/v1/namespaces"))
                        .as("port %d", port)
                        .isNotEqualTo(200);
            }
        }
    }

    @Test
    void shouldEndTheServerAndGiveTheFolderBackWhenClosed() throws Exception {
        EmbeddedTemporal temporal = start();
        ProcessHandle server = ProcessHandle.of(temporal.pid().orElseThrow()).orElseThrow();
        assertThat(DataFolder.holder(folder)).isPresent();

        temporal.close();

        server.onExit().get(1, TimeUnit.SECONDS);
        assertThat(temporal.ended()).succeedsWithin(1, TimeUnit.SECONDS);
        assertThat(DataFolder.holder(folder)).isEmpty();
    }

    @Test
    void shouldTellWhenTheServerEndsByItself() {
        try (EmbeddedTemporal temporal = start()) {
            ProcessHandle.of(temporal.pid().orElseThrow()).orElseThrow().destroyForcibly();

            assertThat(temporal.ended()).succeedsWithin(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldRefuseAFolderThatANewerServerWrote() throws Exception {
        start().close();
        Files.writeString(folder.resolve("temporal.version"), "99.0.0\n");

        assertThatThrownBy(this::start)
                .isInstanceOf(TemporalUnavailableException.class)
                .hasMessageContaining("Expected a Temporal CLI with server 99.0.0 or newer")
                .hasMessageContaining(folder.toRealPath().toString());
        assertThat(DataFolder.holder(folder)).as("the lock is given back").isEmpty();
    }

    @Test
    void shouldNameTheLogWhenTheServerDoesNotStart() throws Exception {
        Files.createDirectories(folder.resolve("temporal.db")); // no server opens a folder as its database

        assertThatThrownBy(this::start)
                .isInstanceOf(TemporalUnavailableException.class)
                .hasMessageContaining("Expected the Temporal server to start")
                .hasMessageContaining("temporal.log");
    }

    @Test
    void shouldRefuseASettingThatTheServerRefuses() {
        EmbeddedOptions options =
                EmbeddedOptions.anyPort(TemporalForTests.cli()).withSettings(Map.of("not a key", "not json"));

        assertThatThrownBy(() -> EmbeddedTemporal.start(folder, options))
                .isInstanceOf(TemporalUnavailableException.class);
    }

    @Test
    void shouldRefuseARetentionBelowADay() {
        EmbeddedOptions options = EmbeddedOptions.inMemory();

        assertThatThrownBy(() -> options.withRetention(Duration.ofHours(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least a day");
    }

    @Test
    void shouldServeFromMemoryAsTheLastResortAndSaySo() {
        try (EmbeddedTemporal temporal = EmbeddedTemporal.start(
                        folder, EmbeddedOptions.inMemory().withPort(0));
                Connection connection = new Connection(temporal.address())) {
            connection.start("here");

            assertThat(connection.describes("here")).isTrue();
            assertThat(temporal.durable()).isFalse();
            assertThat(temporal.pid()).isEmpty();
        }
    }

    /** The status of an answer; 0 from who speaks no HTTP. */
    private static int get(String url) throws InterruptedException {
        try (HttpClient http = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .version(HttpClient.Version.HTTP_1_1)
                .build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException noHttp) {
            return 0;
        }
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1));
    }

    static WorkflowOptions options(String id) {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setTaskQueue("nobody-polls")
                .build();
    }
}
