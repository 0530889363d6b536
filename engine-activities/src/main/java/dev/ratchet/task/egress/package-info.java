/** What a worker may connect to: addresses, ports and names, checked at the very connection that is used. */
@NullMarked
package dev.ratchet.task.egress;

import org.jspecify.annotations.NullMarked;
