/** Values too large for history: content-addressed, stored before they are reported, read by reference. */
@NullMarked
package dev.ratchet.task.blob;

import org.jspecify.annotations.NullMarked;
