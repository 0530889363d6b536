/** Temporal for one machine: finds or fetches the development server and runs it as a child of ours on a data folder. */
@NullMarked
package dev.ratchet.service.embedded;

import org.jspecify.annotations.NullMarked;
