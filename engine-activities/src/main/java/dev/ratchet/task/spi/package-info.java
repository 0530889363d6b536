/** What the author of a task type reads: the executor, its context, its failures. Nothing else. */
@NullMarked
package dev.ratchet.task.spi;

import org.jspecify.annotations.NullMarked;
