/** Tells agents and people what waits for them: by a post to their URL, or in a queue. */
@NullMarked
package dev.ratchet.task.assignment;

import org.jspecify.annotations.NullMarked;
