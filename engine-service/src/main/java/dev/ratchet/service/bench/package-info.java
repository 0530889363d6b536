/** The benchmark: the same work on the plain SDK and on Ratchet, side by side on one server. */
@NullMarked
package dev.ratchet.service.bench;

import org.jspecify.annotations.NullMarked;
