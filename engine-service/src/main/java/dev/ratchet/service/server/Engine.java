package dev.ratchet.service.server;

import com.codahale.metrics.health.HealthCheck;
import dev.ratchet.expression.Expressions;
import dev.ratchet.service.api.RunBodies;
import dev.ratchet.service.config.RatchetConfig;
import dev.ratchet.service.embedded.EmbeddedOptions;
import dev.ratchet.service.embedded.EmbeddedTemporal;
import dev.ratchet.service.embedded.TemporalUnavailableException;
import dev.ratchet.service.gateway.Artifacts;
import dev.ratchet.service.gateway.ChildRuns;
import dev.ratchet.service.gateway.PriorExecutions;
import dev.ratchet.service.gateway.RunGateway;
import dev.ratchet.service.health.TemporalHealth;
import dev.ratchet.service.health.WorkerHealth;
import dev.ratchet.service.resources.AgentResource;
import dev.ratchet.service.resources.AnswerBodies;
import dev.ratchet.service.resources.AnswerResource;
import dev.ratchet.service.resources.Answers;
import dev.ratchet.service.resources.ApprovalResource;
import dev.ratchet.service.resources.ArtifactResource;
import dev.ratchet.service.resources.AuditResource;
import dev.ratchet.service.resources.Bodies;
import dev.ratchet.service.resources.CompletionSignalResource;
import dev.ratchet.service.resources.DocumentResource;
import dev.ratchet.service.resources.GraphResource;
import dev.ratchet.service.resources.OffersResource;
import dev.ratchet.service.resources.PatchResource;
import dev.ratchet.service.resources.RerunResource;
import dev.ratchet.service.resources.RunResource;
import dev.ratchet.service.resources.RunsResource;
import dev.ratchet.service.resources.TaskControlResource;
import dev.ratchet.service.resources.TaskResource;
import dev.ratchet.service.resources.ValidateResource;
import dev.ratchet.service.security.TrustedHosts;
import dev.ratchet.task.assignment.LinkKey;
import dev.ratchet.task.blob.BlobPlanSource;
import dev.ratchet.task.blob.Values;
import dev.ratchet.task.worker.EngineWorker;
import dev.ratchet.task.worker.WorkerSettings;
import dev.ratchet.workflow.RunWorkflowImpl;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** An engine in this process: Temporal, worker and API, or some of them. Closed once. Thread-safe. */
public final class Engine implements AutoCloseable {
    private static final Duration QUERY_DEADLINE = Duration.ofSeconds(3);
    private static final Duration EMBEDDED_GRACE = Duration.ofSeconds(5);

    private final Closing parts;
    private final @Nullable ApiServer api;
    private final @Nullable EmbeddedTemporal temporal;

    private Engine(Closing parts, @Nullable ApiServer api, @Nullable EmbeddedTemporal temporal) {
        this.parts = parts;
        this.api = api;
        this.temporal = temporal;
    }

    /**
     * Starts everything on one machine, in the data folder of the configuration.
     *
     * @throws dev.ratchet.service.embedded.DataFolderHeldException if another engine has the folder
     * @throws TemporalUnavailableException if Temporal does not start
     * @throws PortTakenException if somebody else has the API's port
     */
    public static Engine embedded(RatchetConfig config, EmbeddedOptions options) {
        OpenMode.check(config.api().host());
        Closing parts = new Closing();
        try {
            CompletableFuture<Void> warm = CompletableFuture.runAsync(Expressions::warmUp);
            CompletableFuture<EngineParts> common = CompletableFuture.supplyAsync(() -> EngineParts.of(config, true));
            EmbeddedTemporal temporal =
                    parts.add(EmbeddedTemporal.start(config.storage().data(), options));
            TemporalConnection connection = parts.add(TemporalConnection.open(
                    temporal.address(), config.temporal().namespace()));
            EngineParts shared = common.join();
            LinkKey links = LinkKeys.ofThisMachine(config);
            ScheduledExecutorService deadlines = deadlines(parts);
            EngineWorker worker = parts.add(worker(config, connection, shared, links, deadlines, EMBEDDED_GRACE));
            RunGateway gateway = gateway(config, connection, shared, deadlines);
            CompletableFuture<Void> polling = warm.thenRun(worker::start);
            ApiServer api = parts.add(api(
                    config,
                    shared,
                    links,
                    gateway,
                    new RunBodies(run -> temporal.uiUrl()
                            .map(url -> Map.of(
                                    "temporal",
                                    TemporalPage.of(url, config.temporal().namespace(), run)))
                            .orElse(Map.of())),
                    Map.of("temporal", new TemporalHealth(gateway), "worker", new WorkerHealth(worker::isRunning))));
            polling.join();
            temporal.folder().announceApi(url(config, api));
            return new Engine(parts, api, temporal);
        } catch (RuntimeException | Error failed) {
            parts.close();
            throw failed;
        }
    }

    /** Starts the API of a deployment; workers are elsewhere. */
    public static Engine server(RatchetConfig config, String temporalAddress) {
        OpenMode.check(config.api().host());
        Closing parts = new Closing();
        try {
            TemporalConnection connection = parts.add(
                    TemporalConnection.open(temporalAddress, config.temporal().namespace()));
            parts.add(
                    NamespaceSetup.begin(connection.service(), config.temporal().namespace()));
            EngineParts shared = EngineParts.of(config, false);
            RunGateway gateway = gateway(config, connection, shared, deadlines(parts));
            ApiServer api = parts.add(api(
                    config,
                    shared,
                    LinkKeys.configured(config),
                    gateway,
                    new RunBodies(run -> Map.of()),
                    Map.of("temporal", new TemporalHealth(gateway))));
            return new Engine(parts, api, null);
        } catch (RuntimeException | Error failed) {
            parts.close();
            throw failed;
        }
    }

    /**
     * Starts a worker of a deployment.
     *
     * @throws TemporalUnavailableException if Temporal does not answer, or not for the namespace
     */
    public static Engine worker(RatchetConfig config, String temporalAddress) {
        Closing parts = new Closing();
        try {
            TemporalConnection connection = parts.add(
                    TemporalConnection.open(temporalAddress, config.temporal().namespace()));
            EngineParts shared = EngineParts.of(config, false);
            WorkerSettings settings = WorkerSettings.of(config.temporal().taskQueue());
            EngineWorker worker = parts.add(worker(
                    config, connection, shared, LinkKeys.configured(config), deadlines(parts), settings.grace()));
            start(worker, config, temporalAddress);
            return new Engine(parts, null, null);
        } catch (RuntimeException | Error failed) {
            parts.close();
            throw failed;
        }
    }

    /** Base URL of the API; empty without one. */
    public Optional<String> url() {
        return Optional.ofNullable(api).map(server -> "http://127.0.0.1:" + server.port());
    }

    /** Base URL of health and metrics; empty without an API. */
    public Optional<String> adminUrl() {
        return Optional.ofNullable(api).map(server -> "http://127.0.0.1:" + server.adminPort());
    }

    /** Temporal in this process; empty in a deployment. */
    public Optional<EmbeddedTemporal> temporal() {
        return Optional.ofNullable(temporal);
    }

    /** Takes no more requests, lets attempts in flight end for a while, and stops Temporal last. */
    @Override
    public void close() {
        parts.close();
    }

    private static EngineWorker worker(
            RatchetConfig config,
            TemporalConnection connection,
            EngineParts shared,
            @Nullable LinkKey links,
            ScheduledExecutorService deadlines,
            Duration grace) {
        BlobPlanSource plans = new BlobPlanSource(shared.blobs());
        return EngineWorker.create(
                connection.client(),
                WorkerSettings.of(config.temporal().taskQueue()).withGrace(grace),
                shared.tools(config),
                shared.assignments(config, links),
                new ChildRuns(
                        connection.client(),
                        config.temporal().taskQueue(),
                        shared.blobs(),
                        shared.compiler(),
                        deadlines),
                new PriorExecutions(connection.client(), plans),
                () -> new RunWorkflowImpl(plans));
    }

    private static void start(EngineWorker worker, RatchetConfig config, String temporalAddress) {
        try {
            worker.start();
        } catch (StatusRuntimeException refused) {
            throw new TemporalUnavailableException(
                    "Expected Temporal at %s to answer for the namespace %s, but found %s: start it, or set RATCHET_TEMPORAL_ADDRESS"
                            .formatted(
                                    temporalAddress,
                                    config.temporal().namespace(),
                                    refused.getStatus().getCode()),
                    refused);
        }
    }

    private static ScheduledExecutorService deadlines(Closing parts) {
        ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("deadlines").factory());
        parts.add(deadlines::shutdownNow);
        return deadlines;
    }

    private static RunGateway gateway(
            RatchetConfig config,
            TemporalConnection connection,
            EngineParts shared,
            ScheduledExecutorService deadlines) {
        return new RunGateway(new RunGateway.Settings(
                connection.client(),
                config.temporal().taskQueue(),
                shared.blobs(),
                QUERY_DEADLINE,
                InstantSource.system(),
                deadlines));
    }

    /** Also for tests that put something else behind the same routes. */
    static ApiServer api(
            RatchetConfig config,
            EngineParts shared,
            @Nullable LinkKey links,
            RunGateway gateway,
            RunBodies runs,
            Map<String, HealthCheck> checks) {
        Answers answers = new Answers(gateway, runs);
        Bodies bodies = new Bodies(EngineParts.bodyLimits(config));
        Artifacts artifacts = new Artifacts(shared.blobs());
        AnswerBodies given = new AnswerBodies(
                new Values(shared.blobs()),
                artifacts,
                shared.models().catalogue().currency(),
                InstantSource.system());
        return ApiServer.start(
                new HttpSettings(
                        config.api().host(),
                        config.api().port(),
                        config.api().adminPort(),
                        TrustedHosts.of(
                                config.answering().publicUrl(), config.api().allowedHosts())),
                List.of(
                        new RunsResource(gateway, shared.compiler(), answers, bodies),
                        new RunResource(gateway, answers, bodies),
                        new TaskResource(gateway, shared.blobs()),
                        new TaskControlResource(gateway, answers, bodies),
                        new RerunResource(gateway, shared.compiler(), answers, bodies),
                        new PatchResource(gateway, shared.compiler(), bodies, EngineParts.patchLimits(config)),
                        new AnswerResource(gateway, bodies, given),
                        new CompletionSignalResource(gateway, bodies, given),
                        new AgentResource(gateway),
                        new ArtifactResource(artifacts),
                        new ApprovalResource(gateway, given, links, InstantSource.system()),
                        new AuditResource(gateway),
                        new DocumentResource(gateway, shared.blobs()),
                        new GraphResource(gateway),
                        new ValidateResource(gateway, shared.compiler(), bodies),
                        new OffersResource(shared.executors(), shared.models())),
                new TreeMap<>(checks));
    }

    private static String url(RatchetConfig config, ApiServer api) {
        return "http://" + config.api().host() + ":" + api.port();
    }
}
