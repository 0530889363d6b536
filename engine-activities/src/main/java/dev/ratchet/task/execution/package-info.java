/** What Temporal knows of executions. */
@NullMarked
package dev.ratchet.task.execution;

import org.jspecify.annotations.NullMarked;
