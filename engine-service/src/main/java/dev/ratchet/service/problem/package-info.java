/** Errors as {@code application/problem+json} (RFC 9457): a closed table of codes, and the one mapper that writes them. */
@NullMarked
package dev.ratchet.service.problem;

import org.jspecify.annotations.NullMarked;
