/**
 * Faults on real processes: Temporal, services and workers are killed, stopped and frozen while an effect ledger, a process
 * of its own, keeps what really happened.
 */
@NullMarked
package dev.ratchet.faults;

import org.jspecify.annotations.NullMarked;
