/** The type {@code http}: calls of HTTP endpoints behind the egress guard, with bounds on all that comes back. */
@NullMarked
package dev.ratchet.task.http;

import org.jspecify.annotations.NullMarked;
