package dev.ratchet.service.server;

import dev.ratchet.document.StrictJson;
import dev.ratchet.plan.Limits;
import dev.ratchet.plan.PlanCompiler;
import dev.ratchet.service.config.Limit;
import dev.ratchet.service.config.RatchetConfig;
import dev.ratchet.service.gateway.DocumentCompiler;
import dev.ratchet.service.resources.PatchLimits;
import dev.ratchet.task.assignment.AssignmentSettings;
import dev.ratchet.task.assignment.LinkKey;
import dev.ratchet.task.blob.BlobStore;
import dev.ratchet.task.blob.FolderBlobStore;
import dev.ratchet.task.dispatch.Toolbox;
import dev.ratchet.task.egress.EgressPolicy;
import dev.ratchet.task.http.HttpExecutor;
import dev.ratchet.task.http.HttpSettings;
import dev.ratchet.task.model.ModelCatalogue;
import dev.ratchet.task.model.ModelRegistry;
import dev.ratchet.task.prompt.PromptExecutor;
import dev.ratchet.task.secret.EnvironmentSecrets;
import dev.ratchet.task.secret.FolderSecrets;
import dev.ratchet.task.secret.Secrets;
import dev.ratchet.task.worker.ExecutorRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What API and worker of an engine have in common: task types, models, stored values, and how documents become plans.
 */
public record EngineParts(
        ExecutorRegistry executors, ModelRegistry models, BlobStore blobs, DocumentCompiler compiler) {
    /** @param embedded whether models without a key are simulated rather than refused */
    public static EngineParts of(RatchetConfig config, boolean embedded) {
        ModelRegistry models = models(config, embedded);
        ExecutorRegistry executors = executors(config, models);
        return new EngineParts(
                executors, models, new FolderBlobStore(config.storage().blobs()), compiler(config, executors, models));
    }

    /** Without a place for values: enough to say what a document means. */
    public static DocumentCompiler compiler(RatchetConfig config) {
        ModelRegistry models = models(config, true);
        return compiler(config, executors(config, models), models);
    }

    private static DocumentCompiler compiler(RatchetConfig config, ExecutorRegistry executors, ModelRegistry models) {
        return new DocumentCompiler(new PlanCompiler(
                executors,
                models,
                limits(config),
                config.defaultPolicy(),
                config.temporal().taskQueue()));
    }

    private static ExecutorRegistry executors(RatchetConfig config, ModelRegistry models) {
        return ExecutorRegistry.withPlugins(List.of(new PromptExecutor(models), new HttpExecutor(http(config))));
    }

    private static HttpSettings http(RatchetConfig config) {
        return HttpSettings.of(egress(config));
    }

    /** @param links signs links by which people decide; absent for none */
    AssignmentSettings assignments(RatchetConfig config, @Nullable LinkKey links) {
        Secrets folder = new FolderSecrets(config.worker().secrets());
        Secrets variables = (organization, name) -> System.getenv(name);
        return new AssignmentSettings(
                http(config),
                variables.or(folder),
                links,
                config.answering().publicUrl().orElse(null),
                InstantSource.system());
    }

    /** What tasks may call. */
    static EgressPolicy egress(RatchetConfig config) {
        RatchetConfig.Worker worker = config.worker();
        return EgressPolicy.of(String.join(",", worker.egressAllow()), String.join(",", worker.egressDeny()));
    }

    Toolbox tools(RatchetConfig config) {
        return Toolbox.of(executors, blobs, secrets(config));
    }

    private static ModelRegistry models(RatchetConfig config, boolean embedded) {
        ModelCatalogue catalogue =
                config.worker().models().map(ModelCatalogue::load).orElseGet(ModelCatalogue::builtIn);
        return embedded ? ModelRegistry.embedded(catalogue) : ModelRegistry.deployed(catalogue);
    }

    /** How large a request may be. */
    static StrictJson.Limits bodyLimits(RatchetConfig config) {
        StrictJson.Limits usual = StrictJson.Limits.DEFAULT;
        return new StrictJson.Limits(
                config.limits().of(Limit.BODY_BYTES),
                config.limits().of(Limit.JSON_DEPTH),
                usual.maxTokens(),
                usual.maxTokensPerElement(),
                config.limits().of(Limit.TASKS) + config.limits().of(Limit.EDGES),
                usual.maxMembers());
    }

    static PatchLimits patchLimits(RatchetConfig config) {
        return new PatchLimits(
                config.limits().of(Limit.PATCH_OPERATIONS),
                config.limits().of(Limit.PATCH_BYTES),
                config.limits().of(Limit.PATCHES));
    }

    private static Limits limits(RatchetConfig config) {
        return new Limits(
                config.limits().of(Limit.TASKS),
                config.limits().of(Limit.EDGES),
                config.limits().of(Limit.PARALLELISM),
                config.limits().of(Limit.EXPRESSION_BYTES));
    }

    /** A variable beats a file of the same name. What the engine itself signs with is no secret of a task. */
    private static Secrets secrets(RatchetConfig config) {
        Secrets all = new EnvironmentSecrets(
                        System.getenv(), Set.copyOf(config.worker().secretVariables()))
                .or(new FolderSecrets(config.worker().secrets()));
        return (organization, name) -> name.equals(AssignmentSettings.NOTIFY_KEY) ? null : all.find(organization, name);
    }
}
