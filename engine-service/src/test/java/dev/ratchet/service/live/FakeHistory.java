package dev.ratchet.service.live;

import com.google.protobuf.ByteString;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A history that the test writes. */
final class FakeHistory implements RunHistory {
    private static final Position HERE = new Position("", ByteString.EMPTY);

    /** Pages to come; a failure is a page that cannot be read. */
    final BlockingQueue<Page> pages = new LinkedBlockingQueue<>();

    final AtomicInteger polls = new AtomicInteger();
    volatile @Nullable RuntimeException failure;

    void change() {
        pages.add(new Page(HERE, true, false));
    }

    void end() {
        pages.add(new Page(HERE, true, true));
    }

    @Override
    public Page next(String workflowId, @Nullable Position position) {
        return poll();
    }

    @Override
    public Page end(String workflowId, @Nullable Position position) {
        return poll();
    }

    private Page poll() {
        polls.incrementAndGet();
        RuntimeException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
        try {
            Page page = pages.poll(50, TimeUnit.MILLISECONDS);
            return page == null ? new Page(HERE, false, false) : page;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
