/**
 * The expression language of documents: CEL, conditions and {@code ${…}} templates. Compiled and checked when a graph is
 * submitted, evaluated by workers, never by workflow code. JSON goes in and comes out; nothing here knows tasks or runs.
 */
@NullMarked
package dev.ratchet.expression;

import org.jspecify.annotations.NullMarked;
