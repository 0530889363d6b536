/** The type {@code run}: a run of its own for one task. */
@NullMarked
package dev.ratchet.task.child;

import org.jspecify.annotations.NullMarked;
