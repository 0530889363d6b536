package dev.ratchet.task.dispatch;

import dev.ratchet.run.Outcome;
import dev.ratchet.workflow.DispatchResult;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A run at the other end of a dispatch: takes notes, and says cancel when told to. */
final class FakeLifeline implements Lifeline {
    final List<DispatchResult> beats = new CopyOnWriteArrayList<>();
    final List<List<Outcome>> reports = new CopyOnWriteArrayList<>();
    private volatile Word word = Word.GO_ON;

    void cancel() {
        word = Word.CANCEL;
    }

    @Override
    public Word beat(DispatchResult soFar) {
        beats.add(soFar);
        return word;
    }

    @Override
    public boolean report(List<Outcome> settled) {
        reports.add(settled);
        return true;
    }
}
