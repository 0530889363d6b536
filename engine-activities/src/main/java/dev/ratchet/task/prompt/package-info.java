/** The task type {@code prompt}: prepares, prices and makes one call of a model. */
@NullMarked
package dev.ratchet.task.prompt;

import org.jspecify.annotations.NullMarked;
