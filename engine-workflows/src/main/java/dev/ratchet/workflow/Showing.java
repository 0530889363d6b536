package dev.ratchet.workflow;

import dev.ratchet.document.Text;
import dev.ratchet.run.RunRecord;
import dev.ratchet.run.RunState;
import dev.ratchet.run.RunStatus;
import dev.ratchet.run.TaskRecord;
import dev.ratchet.run.TaskStatus;
import io.temporal.common.SearchAttributeKey;
import io.temporal.workflow.Workflow;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Temporal's own pages show of a run: its state as search attributes, a table as current details. */
final class Showing {
    static final SearchAttributeKey<String> STATE = SearchAttributeKey.forKeyword("RatchetState");
    static final SearchAttributeKey<String> FAILED_TASK = SearchAttributeKey.forKeyword("RatchetFailedTask");

    /** Runs of up to so many tasks show each wave. */
    private static final int SMALL = 200;

    /** The table of larger ones is made again after so many events, so that it costs a run nothing to speak of. */
    private static final long EVENTS_BETWEEN = 200;

    /** The same as a share of the run's tasks: all of them are counted each time. */
    private static final int SHARE = 4;

    private static final int ROWS = 25;

    /** A database that keeps keywords takes no more characters. */
    private static final int KEYWORD = 255;

    private final RunState state;
    private @Nullable RunStatus shown;
    private int shownBatches = -1;
    private long shownVersion;

    Showing(RunState state) {
        this.state = state;
    }

    /** @param soonAgain whether the next turn follows at once, as it does while local work goes on: nobody sees this one */
    void refresh(boolean soonAgain) {
        RunRecord run = state.record();
        if (shown != run.state()) {
            showState(run);
        }
        boolean wave = !soonAgain && run.batches() != shownBatches && state.size() <= SMALL;
        if (wave || run.state().isTerminal() || run.version() - shownVersion >= eventsBetween()) {
            shownBatches = run.batches();
            shownVersion = run.version();
            Workflow.setCurrentDetails(details(run));
        }
    }

    private long eventsBetween() {
        return Math.max(EVENTS_BETWEEN, state.size() / SHARE);
    }

    /** Shows the state that a run ends in. */
    void show(RunRecord run) {
        if (shown != run.state()) {
            showState(run);
        }
    }

    private void showState(RunRecord run) {
        boolean first = shown == null;
        shown = run.state();
        if (first && run.state() == RunStatus.RUNNING) {
            return;
        }
        if (run.errorTask() != null) {
            Workflow.upsertTypedSearchAttributes(
                    STATE.valueSet(run.state().wire()),
                    FAILED_TASK.valueSet(Text.beginning(run.errorTask().toString(), KEYWORD)));
        } else {
            Workflow.upsertTypedSearchAttributes(STATE.valueSet(run.state().wire()));
        }
    }

    private String details(RunRecord run) {
        StringBuilder text = new StringBuilder();
        text.append("**").append(run.state().wire()).append("**");
        if (run.error() != null) {
            text.append(" · `")
                    .append(run.error().code())
                    .append("` ")
                    .append(run.error().message());
        }
        text.append("\n\n").append(counts()).append("\n\n");
        if (run.usage().cost() != null) {
            text.append("spent ").append(run.usage().cost());
            text.append(run.budgetLimit() == null ? "" : " of " + run.budgetLimit())
                    .append(", ");
        }
        text.append(run.usage().tokens())
                .append(" tokens\n\n| task | state | attempts | tokens |\n|---|---|---|---|\n");
        state.records(0, ROWS).forEach(task -> row(text, task));
        return text.toString();
    }

    private String counts() {
        Map<TaskStatus, Integer> counts = new EnumMap<>(TaskStatus.class);
        state.countStatuses(counts);
        StringBuilder text = new StringBuilder();
        counts.forEach((status, count) -> text.append(text.isEmpty() ? "" : ", ")
                .append(count)
                .append(' ')
                .append(status.wire()));
        return text.toString();
    }

    private static void row(StringBuilder text, TaskRecord task) {
        text.append("| ").append(task.key()).append(" | ").append(task.state().wire());
        if (task.reason() != null) {
            text.append(" (")
                    .append(task.reason().name().toLowerCase(java.util.Locale.ROOT))
                    .append(')');
        }
        if (task.error() != null) {
            text.append(" (").append(task.error().code()).append(')');
        }
        text.append(" | ").append(task.attempts()).append(" | ");
        text.append(task.usage() == null ? "" : task.usage().tokens()).append(" |\n");
    }
}
