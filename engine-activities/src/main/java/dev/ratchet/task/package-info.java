/** The task types that come with the engine, offered to the worker as one plug-in. */
@NullMarked
package dev.ratchet.task;

import org.jspecify.annotations.NullMarked;
