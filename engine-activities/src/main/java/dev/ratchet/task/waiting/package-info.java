/** The type {@code wait}: a durable timer. */
@NullMarked
package dev.ratchet.task.waiting;

import org.jspecify.annotations.NullMarked;
