/** What happened in a run and what is next: inputs, events, state and the decider. Pure: no Temporal, no clock, no I/O. */
@NullMarked
package dev.ratchet.run;

import org.jspecify.annotations.NullMarked;
