/** JSON schemas, applied to values. */
@NullMarked
package dev.ratchet.task.schema;

import org.jspecify.annotations.NullMarked;
