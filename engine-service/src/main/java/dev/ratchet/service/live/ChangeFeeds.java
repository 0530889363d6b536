package dev.ratchet.service.live;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Feeds of changes, one for each run that somebody watches, however many do. A feed stays for a while after its last
 * reader has left, so that the next one need not read the history again. Thread-safe.
 */
public final class ChangeFeeds {
    private static final Duration LINGER = Duration.ofSeconds(30);

    private final RunHistory history;
    private final Duration interval;
    private final Map<String, ChangeFeed> feeds = new ConcurrentHashMap<>();

    /** @param interval at least that long between two changes told */
    public ChangeFeeds(RunHistory history, Duration interval) {
        this.history = history;
        this.interval = interval;
    }

    /** The feed of a run; started where there is none. */
    public ChangeFeed of(String workflowId) {
        return feeds.compute(workflowId, (id, present) -> {
            ChangeFeed feed = present == null || present.isOver() ? start(id) : present;
            feed.touch();
            return feed;
        });
    }

    private ChangeFeed start(String workflowId) {
        ChangeFeed feed = new ChangeFeed(history, workflowId, interval, LINGER);
        Thread.ofVirtual().name("watch " + workflowId).start(() -> {
            try {
                feed.run();
            } finally {
                feeds.remove(workflowId, feed);
            }
        });
        return feed;
    }
}
