/** The type {@code transform}: a pure expression, in CEL or jq, and the bounds a jq program runs in. */
@NullMarked
package dev.ratchet.task.transform;

import org.jspecify.annotations.NullMarked;
