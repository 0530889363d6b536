/** Starts and stops the runs that carry out tasks of others. */
@NullMarked
package dev.ratchet.task.delegation;

import org.jspecify.annotations.NullMarked;
