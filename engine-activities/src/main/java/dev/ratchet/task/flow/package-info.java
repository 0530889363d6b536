/** The types {@code branch}, {@code loop} and {@code map}: tasks that choose among others, or repeat them. */
@NullMarked
package dev.ratchet.task.flow;

import org.jspecify.annotations.NullMarked;
