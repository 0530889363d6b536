/** Secrets: where they come from, and how they are kept out of everything that is written down. */
@NullMarked
package dev.ratchet.task.secret;

import org.jspecify.annotations.NullMarked;
