package dev.ratchet.service.gateway;

import dev.ratchet.run.Revision;
import dev.ratchet.run.TaskKey;
import dev.ratchet.run.TaskRecord;
import dev.ratchet.workflow.Snapshot;
import dev.ratchet.workflow.SnapshotRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a run that answers in parts. A run that moves between two parts is asked again for what has changed since
 * the first of them, until nothing has; of one that never holds still the reading misses nothing up to the version that it
 * names, and may know some tasks as they were a little later.
 */
final class SnapshotParts {
    /** How often a run that moves is asked for what has changed. */
    private static final int ROUNDS = 6;

    private final Function<SnapshotRequest, QueryAnswer<Snapshot>> query;
    private final Map<TaskKey, TaskRecord> tasks = new LinkedHashMap<>();
    private final Map<String, Snapshot.Page> pages = new LinkedHashMap<>();
    private final List<Revision> revisions = new ArrayList<>();
    private @Nullable Snapshot first;

    private SnapshotParts(Function<SnapshotRequest, QueryAnswer<Snapshot>> query) {
        this.query = query;
    }

    /** @param query asks once; what it answers other than a snapshot is the answer to all */
    static QueryAnswer<Snapshot> read(Function<SnapshotRequest, QueryAnswer<Snapshot>> query, SnapshotRequest wanted) {
        return new SnapshotParts(query).read(wanted);
    }

    private QueryAnswer<Snapshot> read(SnapshotRequest wanted) {
        SnapshotRequest request = wanted;
        Snapshot begin = null;
        for (int round = 0; round < ROUNDS; round++) {
            QueryAnswer<Snapshot> answer = query.apply(request);
            if (!(answer instanceof QueryAnswer.Answered<Snapshot>(Snapshot head)) || head == null) {
                return answer;
            }
            if (round == 0 && head.rest() == null) {
                return answer;
            }
            if (begin != null && begin.run().revision() != head.run().revision()) {
                begin = null;
                forget();
                request = wanted;
                continue;
            }
            begin = head;
            take(head);
            Round rest = readRest(request, head);
            if (rest.failure() != null) {
                return rest.failure();
            }
            if (!rest.moved()) {
                break;
            }
            request = wanted.changedSince(head.run().version());
        }
        return begin == null ? new QueryAnswer.Silent<>() : new QueryAnswer.Answered<>(whole(begin));
    }

    /**
     * What came of the parts behind the first one of a round.
     *
     * @param failure absent when all of them answered
     * @param moved whether the run moved meanwhile
     */
    private record Round(@Nullable QueryAnswer<Snapshot> failure, boolean moved) {}

    private Round readRest(SnapshotRequest request, Snapshot head) {
        boolean moved = false;
        for (Snapshot.Rest rest = head.rest(); rest != null; ) {
            QueryAnswer<Snapshot> answer = query.apply(request.from(rest));
            if (!(answer instanceof QueryAnswer.Answered<Snapshot>(Snapshot part)) || part == null) {
                return new Round(answer, moved);
            }
            take(part);
            moved |= part.run().version() != head.run().version();
            rest = part.rest();
        }
        return new Round(null, moved);
    }

    private void forget() {
        tasks.clear();
        pages.clear();
        revisions.clear();
        first = null;
    }

    private void take(Snapshot part) {
        first = first == null ? part : first;
        for (TaskRecord task : part.tasks()) {
            tasks.merge(task.key(), task, (one, other) -> other.version() >= one.version() ? other : one);
        }
        part.pages().forEach(page -> pages.putIfAbsent(page.ref(), page));
        revisions.addAll(part.revisions());
    }

    /** @param last the first part of the last round: nothing up to its version is missing */
    private Snapshot whole(Snapshot last) {
        Snapshot known = first == null ? last : first;
        return new Snapshot(
                last.run(),
                List.copyOf(tasks.values()),
                List.copyOf(pages.values()),
                known.plan(),
                last.facts(),
                revisions,
                last.audit() == null ? known.audit() : last.audit());
    }
}
