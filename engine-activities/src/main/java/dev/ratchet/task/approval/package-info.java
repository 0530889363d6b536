/** The type {@code approval}: asks a person. */
@NullMarked
package dev.ratchet.task.approval;

import org.jspecify.annotations.NullMarked;
