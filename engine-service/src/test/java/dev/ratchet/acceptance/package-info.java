/** What the contract promises, shown on a whole engine: submitted, read and stopped over HTTP, on a real Temporal server. */
@NullMarked
package dev.ratchet.acceptance;

import org.jspecify.annotations.NullMarked;
