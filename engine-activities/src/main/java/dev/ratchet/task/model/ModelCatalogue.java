package dev.ratchet.task.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The models with their prices and limits: one immutable version. Reloading makes another. */
public final class ModelCatalogue {
    /** The role of a prompt that names no model. */
    public static final String DEFAULT_ROLE = "balanced";

    private static final String BUILT_IN = "models.yaml";
    private static final long MAX_BYTES = 1_000_000;

    private final String version;
    private final String currency;
    private final Map<String, Model> models;
    private final Map<String, String> roles;

    ModelCatalogue(String version, String currency, Map<String, Model> models, Map<String, String> roles) {
        this.version = version;
        this.currency = currency;
        this.models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
        this.roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
    }

    /** The catalogue that comes with the engine. */
    public static ModelCatalogue builtIn() {
        try (InputStream in = Objects.requireNonNull(ModelCatalogue.class.getResourceAsStream(BUILT_IN))) {
            return CatalogueReader.read(BUILT_IN, in.readAllBytes());
        } catch (IOException e) {
            throw new CatalogueException(BUILT_IN, "Expected a readable catalogue, but reading it failed", e);
        }
    }

    /**
     * Loads a catalogue from a file of YAML or JSON.
     *
     * @throws CatalogueException when it cannot be read, with everything that is wrong with it
     */
    public static ModelCatalogue load(Path file) {
        try {
            long size = Files.size(file);
            if (size > MAX_BYTES) {
                throw new CatalogueException(
                        file.toString(), "Expected at most " + MAX_BYTES + " bytes, but there are " + size, null);
            }
            return CatalogueReader.read(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new CatalogueException(file.toString(), "Expected a readable file, but there is none", e);
        }
    }

    /** What the file calls itself; shown with each run's prices. */
    public String version() {
        return version;
    }

    /** The one currency of all prices. */
    public String currency() {
        return currency;
    }

    /** The model of an id or a role; absent when the catalogue has neither. */
    public @Nullable Model find(String idOrRole) {
        return models.get(roles.getOrDefault(idOrRole, idOrRole));
    }

    /** All models in the order of the file. */
    public Collection<Model> models() {
        return models.values();
    }

    /** Model ids by role, such as {@code fast}. */
    public Map<String, String> roles() {
        return roles;
    }
}
