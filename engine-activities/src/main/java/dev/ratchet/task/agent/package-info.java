/** The type {@code agent}: hands work out and waits until somebody completes it. */
@NullMarked
package dev.ratchet.task.agent;

import org.jspecify.annotations.NullMarked;
