/** The type {@code function}: Java code on the worker's class path, found by name, and the built-in functions. */
@NullMarked
package dev.ratchet.task.function;

import org.jspecify.annotations.NullMarked;
