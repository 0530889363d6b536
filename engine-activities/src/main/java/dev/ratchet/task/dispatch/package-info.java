/** Carries attempts out: side by side, watched, cancelled, reported early, masked and stored before they are reported. */
@NullMarked
package dev.ratchet.task.dispatch;

import org.jspecify.annotations.NullMarked;
