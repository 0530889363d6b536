/** What leads up to a prompt: memory and outputs of other tasks, made to fit. */
@NullMarked
package dev.ratchet.task.context;

import org.jspecify.annotations.NullMarked;
