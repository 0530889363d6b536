package dev.ratchet.service.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.run.Revision;
import dev.ratchet.run.Value;
import dev.ratchet.service.problem.ProblemException;
import dev.ratchet.task.blob.BlobStore;
import dev.ratchet.task.blob.Values;
import dev.ratchet.workflow.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the graph of a run was, revision by revision. Thread-safe. */
final class Revisions {
    private final Values values;

    Revisions(Values values) {
        this.values = values;
    }

    /** What made a revision. */
    JsonNode operations(Revision revision) {
        return load(revision.change().operations());
    }

    private RevisionReading read(Revision revision, Damages damages) {
        String ref = revision.change().operations() instanceof Value.Stored stored ? stored.ref() : "";
        return new RevisionReading(
                revision.number(),
                revision.at(),
                revision.by(),
                revision.change().task(),
                revision.why(),
                damages.without(Damage.Kind.OPERATIONS, ref, () -> operations(revision)));
    }

    /** All of them, the submitted graph first. */
    RevisionsReading all(Snapshot run) {
        Damages damages = new Damages();
        List<RevisionReading> all = new ArrayList<>();
        all.add(new RevisionReading(1, run.facts().createdAt(), null, null, null, null));
        run.revisions().forEach(revision -> all.add(read(revision, damages)));
        return new RevisionsReading(all, damages.found());
    }

    /** Where the document of a revision is. */
    static Value document(Snapshot run, int revision) {
        int last = run.run().revision();
        check(revision, last);
        return revision == 1
                ? run.facts().document()
                : run.revisions().stream()
                        .filter(known -> known.number() == revision)
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException(
                                "Expected to have asked for revision " + revision + ", but it is not in the answer"))
                        .change()
                        .document();
    }

    /** @throws ProblemException when there is no such revision */
    static void check(int revision, int last) {
        if (revision < 1 || revision > last) {
            throw ProblemException.invalid("", "Expected a revision from 1 to " + last + ", but it is another");
        }
    }

    ObjectNode load(Snapshot run, int revision) {
        return (ObjectNode) load(document(run, revision));
    }

    private JsonNode load(Value value) {
        return values.load(value, BlobStore.MAX_BYTES);
    }

    /** The revision that an order with a key has made before; absent when it has not. */
    static @Nullable Revision madeBy(Snapshot run, String key) {
        return run.revisions().stream()
                .filter(revision -> revision.command().startsWith(key + "@"))
                .findFirst()
                .orElse(null);
    }
}
