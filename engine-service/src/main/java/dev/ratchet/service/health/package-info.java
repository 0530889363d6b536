/** What the admin port tells about the process: whether Temporal answers and the worker polls. */
@NullMarked
package dev.ratchet.service.health;

import org.jspecify.annotations.NullMarked;
