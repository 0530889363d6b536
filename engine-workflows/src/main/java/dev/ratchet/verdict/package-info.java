/** Trigger rules and failure policies: small pure functions. */
@NullMarked
package dev.ratchet.verdict;

import org.jspecify.annotations.NullMarked;
