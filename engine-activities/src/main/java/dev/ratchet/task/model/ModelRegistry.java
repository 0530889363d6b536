package dev.ratchet.task.model;

import dev.ratchet.document.ErrorCode;
import dev.ratchet.plan.Models;
import dev.ratchet.task.spi.TaskContext;
import dev.ratchet.task.spi.TaskFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The models that this engine offers: those of the catalogue that somebody answers for. In embedded mode the simulated
 * model answers for those whose provider cannot be called; elsewhere they are refused, never simulated (contract, part
 * 3). Thread-safe; a catalogue that was reloaded counts from the next look-up on.
 */
public final class ModelRegistry implements Models {
    private static final int MAX_SHOWN = 64;

    private final boolean embedded;
    private final Map<String, ModelProvider> providers = new LinkedHashMap<>();
    private final TokenEstimator tokens;
    private volatile ModelCatalogue catalogue;

    private ModelRegistry(
            boolean embedded, ModelCatalogue catalogue, List<ModelProvider> providers, TokenEstimator tokens) {
        this.embedded = embedded;
        this.catalogue = catalogue;
        this.tokens = tokens;
        this.providers.put(SimProvider.NAME, new SimProvider(tokens));
        providers.forEach(provider -> this.providers.put(provider.name(), provider));
    }

    /** For an engine of one machine: a model whose provider cannot be called is simulated and says so. */
    public static ModelRegistry embedded(ModelCatalogue catalogue, ModelProvider... providers) {
        return new ModelRegistry(true, catalogue, List.of(providers), new TokenEstimator());
    }

    /** For a deployment: only models whose provider can be called, and those called {@code sim}, are offered. */
    public static ModelRegistry deployed(ModelCatalogue catalogue, ModelProvider... providers) {
        return new ModelRegistry(false, catalogue, List.of(providers), new TokenEstimator());
    }

    public ModelCatalogue catalogue() {
        return catalogue;
    }

    /** Puts another version of the catalogue in force. Prompts that are prepared keep their prices. */
    public void reload(ModelCatalogue next) {
        catalogue = next;
    }

    public TokenEstimator tokens() {
        return tokens;
    }

    /** The offered model of an id or a role; absent when there is none. */
    public @Nullable ModelOffer find(String idOrRole) {
        Model model = catalogue.find(idOrRole);
        return model == null ? null : offer(model);
    }

    /** As {@link #find}, of a model that must be there. */
    public ModelOffer require(String idOrRole) throws TaskFailure {
        ModelOffer offer = find(idOrRole);
        if (offer == null) {
            throw TaskFailure.permanent(ErrorCode.MODEL_UNKNOWN, refusal(idOrRole));
        }
        return offer;
    }

    @Override
    public boolean known(String model) {
        return find(model) != null;
    }

    @Override
    public String currency() {
        return catalogue.currency();
    }

    @Override
    public String refusal(String idOrRole) {
        Model model = catalogue.find(idOrRole);
        if (model != null) {
            return "Expected a model that this engine can call, but " + model.id() + " is one of " + model.provider()
                    + ", which it has no provider and key for; offered are: " + names();
        }
        return "Expected a model or a role that this engine offers, but "
                + (idOrRole.length() <= MAX_SHOWN ? "'" + idOrRole + "'" : "this one") + " is none; offered are: "
                + names();
    }

    /** What the engine offers, in the order of the catalogue. */
    public List<ModelOffer> offers() {
        return catalogue.models().stream()
                .filter(this::isOffered)
                .map(model -> new ModelOffer(model, !isCallable(model)))
                .toList();
    }

    /** One call of an offered model; see {@link ModelProvider#chat}. */
    public ChatReply chat(ModelOffer offer, ChatRequest request, TaskContext context)
            throws TaskFailure, InterruptedException {
        ModelProvider provider = providers.get(
                offer.simulated() ? SimProvider.NAME : offer.model().provider());
        if (provider == null) {
            throw TaskFailure.retryable(
                    ErrorCode.EXECUTION_FAILED,
                    "Expected a worker that can call " + offer.model().provider() + ", but this one cannot");
        }
        return provider.chat(offer.model(), request, context);
    }

    /** Checks the metadata of a task that a simulated model will answer. */
    public static void checkSimulation(TaskContext context) throws TaskFailure {
        SimControls.read(context.metadata());
    }

    private @Nullable ModelOffer offer(Model model) {
        return isOffered(model) ? new ModelOffer(model, !isCallable(model)) : null;
    }

    private boolean isOffered(Model model) {
        return embedded || isCallable(model) || model.provider().equals(SimProvider.NAME);
    }

    /** Whether somebody other than the simulated model answers for it. */
    private boolean isCallable(Model model) {
        ModelProvider provider = providers.get(model.provider());
        return provider != null && !provider.name().equals(SimProvider.NAME) && provider.isUsable();
    }

    private String names() {
        return offers().stream().map(offer -> offer.model().id()).sorted().collect(Collectors.joining(", "));
    }
}
