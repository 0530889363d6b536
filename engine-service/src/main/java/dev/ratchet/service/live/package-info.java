/** Waiting for runs: readers that wait for a change or for the end share one watcher for each run. */
@NullMarked
package dev.ratchet.service.live;

import org.jspecify.annotations.NullMarked;
