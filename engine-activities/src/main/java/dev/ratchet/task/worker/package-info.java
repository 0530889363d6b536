/** Puts a worker together: which executors it has, how it polls, how it starts and how it stops. */
@NullMarked
package dev.ratchet.task.worker;

import org.jspecify.annotations.NullMarked;
