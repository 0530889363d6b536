/** What waits for agents: who may begin with what next, decided without Temporal, a clock or I/O. */
@NullMarked
package dev.ratchet.queue;

import org.jspecify.annotations.NullMarked;
