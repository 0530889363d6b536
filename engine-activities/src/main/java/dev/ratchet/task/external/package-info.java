/** The type {@code activity}: any activity of any worker on the same Temporal, in any language. */
@NullMarked
package dev.ratchet.task.external;

import org.jspecify.annotations.NullMarked;
