/** Puts an engine together: Temporal, worker and API, in one process or apart. */
@NullMarked
package dev.ratchet.service.server;

import org.jspecify.annotations.NullMarked;
